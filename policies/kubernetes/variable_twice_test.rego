package policies.kubernetes.variable_twice_test

import data.policies.kubernetes.variable_twice

test_twice if {
	found := variable_twice.deny with input as {"containers": [{"name": "a", "repeated": [1], "env": [{"name": "A"}, {"name": "A"}]}]}
	{f.msg | some f in found} == {`container "a" sets A again`}
}
