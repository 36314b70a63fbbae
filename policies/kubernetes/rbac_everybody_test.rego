package policies.kubernetes.rbac_everybody_test

import data.policies.kubernetes.rbac_everybody

found(role, class) := count(deny) if {
	deny := rbac_everybody.deny with input as {"bindings": [{"role": role, "subjects": [{"name": "a", "class": class}]}]}
}

test_everybody if {
	found("view", "anonymous") == 1
	found("view", "everyone") == 1
	found("system:discovery", "everyone") == 0
	found("view", "") == 0
	found("view", "masters") == 0
}
