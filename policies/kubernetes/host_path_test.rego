package policies.kubernetes.host_path_test

import data.policies.kubernetes.host_path

test_volumes if {
	volumes := [{"name": "a", "type": "emptyDir", "host_path": ""}, {"name": "b", "type": "hostPath", "host_path": "/var/log"}]
	found := host_path.deny with input as {"pods": [{"volumes": volumes}]}
	{f.msg | some f in found} == {`volume "b" is the node's /var/log`}
}
