package policies.kubernetes.rbac_traces_test

import data.policies.kubernetes.rbac_traces

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "traces", "what": "y"}]
	found := rbac_traces.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
