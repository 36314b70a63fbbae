package policies.kubernetes.rbac_roles_test

import data.policies.kubernetes.rbac_roles

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "roles", "what": "y"}]
	found := rbac_roles.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
