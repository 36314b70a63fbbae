package policies.kubernetes.account_field_test

import data.policies.kubernetes.account_field

test_field if {
	found := account_field.deny with input as {"pods": [{"account_field": "a"}, {"account_field": ""}]}
	{f.at[1] | some f in found} == {0}
}
