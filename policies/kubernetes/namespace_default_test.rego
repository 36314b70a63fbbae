package policies.kubernetes.namespace_default_test

import data.policies.kubernetes.namespace_default

found(namespace, pods) := count(deny) if {
	deny := namespace_default.deny with input as {"kind": "x", "name": "a", "namespace": namespace, "pods": pods, "services": []}
}

test_default if {
	found("default", [{}]) == 1
	found("default", []) == 0
	found("", [{}]) == 0
	found("payments", [{}]) == 0
}
