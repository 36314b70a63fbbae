package policies.kubernetes.rbac_workloads_test

import data.policies.kubernetes.rbac_workloads

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "workloads", "what": "y"}]
	found := rbac_workloads.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
