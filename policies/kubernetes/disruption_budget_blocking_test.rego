package policies.kubernetes.disruption_budget_blocking_test

import data.policies.kubernetes.disruption_budget_blocking

test_blocking if {
	found := disruption_budget_blocking.deny with input as {"budgets": [
		{"blocks": false, "min_available": "1", "max_unavailable": ""},
		{"blocks": true, "min_available": "", "max_unavailable": "0"},
	]}
	{f.msg | some f in found} == {"maxUnavailable of 0 lets no pod be evicted"}
}
