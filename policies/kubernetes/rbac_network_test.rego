package policies.kubernetes.rbac_network_test

import data.policies.kubernetes.rbac_network

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "network", "what": "y"}]
	found := rbac_network.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
