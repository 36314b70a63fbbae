package policies.kubernetes.rbac_volumes_test

import data.policies.kubernetes.rbac_volumes

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "volumes", "what": "y"}]
	found := rbac_volumes.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
