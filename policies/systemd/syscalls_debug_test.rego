package policies.systemd.syscalls_debug_test

import data.policies.systemd.syscalls_debug

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_debug.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_debug"],
		"msg": "a.service may use debugging system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_debug": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_debug.deny) == 0 with input as unit({})
