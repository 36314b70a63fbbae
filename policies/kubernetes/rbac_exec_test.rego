package policies.kubernetes.rbac_exec_test

import data.policies.kubernetes.rbac_exec

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "exec", "what": "y"}]
	found := rbac_exec.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
