package policies.kubernetes.network_policy_open_test

import data.policies.kubernetes.network_policy_open

test_open if {
	found := network_policy_open.deny with input as {"network_policies": [{"open": [{"way": "egress"}, {"way": "ingress"}]}]}
	{f.at[3] | some f in found} == {1}
}
