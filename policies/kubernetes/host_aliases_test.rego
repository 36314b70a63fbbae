package policies.kubernetes.host_aliases_test

import data.policies.kubernetes.host_aliases

test_aliases if {
	found := host_aliases.deny with input as {"pods": [{"host_aliases": []}, {"host_aliases": ["a", "b"]}]}
	{f.msg | some f in found} == {"the pod has addresses of its own for a, b"}
}
