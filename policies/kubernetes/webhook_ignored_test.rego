package policies.kubernetes.webhook_ignored_test

import data.policies.kubernetes.webhook_ignored

test_ignored if {
	found := webhook_ignored.deny with input as {"webhooks": [
		{"name": "a", "failure_policy": "Fail", "mutating": false},
		{"name": "b", "failure_policy": "Ignore", "mutating": false},
		{"name": "c", "failure_policy": "Ignore", "mutating": true},
	]}
	{f.at[1] | some f in found} == {1}
}
