package policies.kubernetes.rbac_escalation_test

import data.policies.kubernetes.rbac_escalation

test_power if {
	grants := [{"power": "other", "what": "x"}, {"power": "escalate", "what": "y"}]
	found := rbac_escalation.deny with input as {"roles": [{"grants": grants}]}
	{f.at[3] | some f in found} == {1}
}
