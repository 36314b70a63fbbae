package policies.kubernetes.rbac_takeover_test

import data.policies.kubernetes.rbac_takeover

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "nodes_proxy", "what": "y"}]
	found := rbac_takeover.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
