package policies.kubernetes.rbac_default_account_test

import data.policies.kubernetes.rbac_default_account

test_default if {
	found := rbac_default_account.deny with input as {"bindings": [{"role": "a", "subjects": [{"name": "a", "class": ""}, {"name": "default", "class": "default"}]}]}
	{f.at[3] | some f in found} == {1}
}
