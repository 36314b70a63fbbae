package policies.systemd.syscalls_clock_test

import data.policies.systemd.syscalls_clock

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_clock.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_clock"],
		"msg": "a.service may use clock system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_clock": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_clock.deny) == 0 with input as unit({})
