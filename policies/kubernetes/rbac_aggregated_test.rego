package policies.kubernetes.rbac_aggregated_test

import data.policies.kubernetes.rbac_aggregated

found(to, power) := count(deny) if {
	deny := rbac_aggregated.deny with input as {"roles": [{"aggregated_to": [to], "grants": [{"power": power, "what": "x"}]}]}
}

test_aggregated if {
	found("view", "secrets") == 1
	found("edit", "secrets") == 0
	found("edit", "escalate") == 1
	found("view", "wildcard") == 0
	found("admin", "roles") == 0
}
