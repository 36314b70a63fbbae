package policies.kubernetes.mount_propagation_test

import data.policies.kubernetes.mount_propagation

test_propagation if {
	mounts := [{"path": "/a", "propagation": ""}, {"path": "/b", "propagation": "Bidirectional"}]
	found := mount_propagation.deny with input as {"containers": [{"name": "a", "mounts": mounts}]}
	{f.at[3] | some f in found} == {1}
}
