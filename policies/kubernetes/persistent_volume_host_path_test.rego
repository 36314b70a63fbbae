package policies.kubernetes.persistent_volume_host_path_test

import data.policies.kubernetes.persistent_volume_host_path

test_path if {
	count(persistent_volume_host_path.deny) == 1 with input as {"kind": "PersistentVolume", "object": {"spec": {"hostPath": {"path": "/data"}}}}
	count(persistent_volume_host_path.deny) == 0 with input as {"kind": "PersistentVolume", "object": {"spec": {"csi": {}}}}
	count(persistent_volume_host_path.deny) == 0 with input as {"kind": "Pod", "object": {}}
}
