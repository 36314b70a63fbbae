package policies.kubernetes.rbac_secrets_test

import data.policies.kubernetes.rbac_secrets

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "secrets", "what": "y"}]
	found := rbac_secrets.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
