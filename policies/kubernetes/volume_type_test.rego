package policies.kubernetes.volume_type_test

import data.policies.kubernetes.volume_type

found(type, exact) := count(rules) if {
	rules := volume_type.deny with input as {"pods": [{"volumes": [{"name": "a", "type": type}]}]}
		with data.parameters as {"kubernetes": {"volume_type": {"allowed": ["emptyDir"], "exact": exact}}}
}

test_types if {
	found("emptyDir", true) == 0
	found("nfs", false) == 1
	found("hostPath", true) == 1
	found("hostPath", false) == 0
}
