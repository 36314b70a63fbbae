package policies.kubernetes.rbac_masters_test

import data.policies.kubernetes.rbac_masters

test_masters if {
	found := rbac_masters.deny with input as {"bindings": [{"role": "a", "subjects": [{"class": ""}, {"class": "masters"}]}]}
	{f.at[3] | some f in found} == {1}
}
