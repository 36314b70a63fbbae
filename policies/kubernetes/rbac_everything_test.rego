package policies.kubernetes.rbac_everything_test

import data.policies.kubernetes.rbac_everything

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "everything", "what": "y"}]
	found := rbac_everything.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
