package policies.kubernetes.priority_class_test

import data.policies.kubernetes.priority_class

found(namespace, class, allowed) := count(deny) if {
	deny := priority_class.deny with input as {"namespace": namespace, "pods": [{"priority_class": class}]}
		with data.parameters as {"kubernetes": {"priority_class": {"allowed": allowed}}}
}

test_class if {
	found("payments", "system-node-critical", []) == 1
	found("kube-system", "system-node-critical", []) == 0
	found("", "system-node-critical", []) == 0
	found("payments", "payments", []) == 0
	found("payments", "payments", ["other"]) == 1
	found("payments", "payments", ["payments"]) == 0
}
