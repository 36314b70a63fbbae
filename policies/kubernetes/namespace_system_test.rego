package policies.kubernetes.namespace_system_test

import data.policies.kubernetes.namespace_system

found(namespace, class) := count(deny) if {
	deny := namespace_system.deny with input as {"kind": "x", "name": "a", "namespace": namespace, "owned": false, "pods": [{"priority_class": class}]}
}

test_system if {
	found("kube-system", "") == 1
	found("kube-system", "system-node-critical") == 0
	found("payments", "") == 0
}
