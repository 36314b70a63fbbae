package policies.systemd.syscalls_swap_test

import data.policies.systemd.syscalls_swap

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_swap.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_swap"],
		"msg": "a.service may use swap system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_swap": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_swap.deny) == 0 with input as unit({})
