package policies.kubernetes.disruption_budget_unhealthy_test

import data.policies.kubernetes.disruption_budget_unhealthy

test_policy if {
	found := disruption_budget_unhealthy.deny with input as {"budgets": [
		{"unhealthy_policy": "", "blocks": false}, {"unhealthy_policy": "", "blocks": true}, {"unhealthy_policy": "IfHealthyBudget", "blocks": false},
	]}
	{f.at[1] | some f in found} == {0}
}
