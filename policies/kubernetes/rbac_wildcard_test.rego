package policies.kubernetes.rbac_wildcard_test

import data.policies.kubernetes.rbac_wildcard

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "wildcard", "what": "y"}]
	found := rbac_wildcard.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
