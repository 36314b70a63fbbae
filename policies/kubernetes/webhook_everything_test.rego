package policies.kubernetes.webhook_everything_test

import data.policies.kubernetes.webhook_everything

test_everything if {
	found := webhook_everything.deny with input as {"webhooks": [
		{"name": "a", "failure_policy": "Fail", "everything": false},
		{"name": "b", "failure_policy": "Fail", "everything": true},
		{"name": "c", "failure_policy": "Ignore", "everything": true},
	]}
	{f.at[1] | some f in found} == {1}
}
