package policies.kubernetes.host_process_test

import data.policies.kubernetes.host_process

setting(on) := {"name": "web", "security": {"host_process": {"set": true, "value": on}}}

test_both if {
	found := host_process.deny with input as {"pods": [setting(true)], "containers": [setting(false), setting(true)]}
	{f.at | some f in found} == {["pods", 0, "security", "host_process"], ["containers", 1, "security", "host_process"]}
}

test_neither if {
	found := host_process.deny with input as {"pods": [setting(false)], "containers": [setting(false)]}
	count(found) == 0
}
