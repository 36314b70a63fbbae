package policies.kubernetes.sysctl_test

import data.policies.kubernetes.sysctl

test_sysctls if {
	pods := [{"security": {"sysctls": [{"name": "a", "value": "1"}, {"name": "b", "value": "1"}]}}]
	found := sysctl.deny with input as {"pods": pods} with data.parameters as {"kubernetes": {"sysctl": {"allowed": ["a"]}}}
	{f.at | some f in found} == {["pods", 0, "security", "sysctls", 1]}
}
