package policies.systemd.syscall_architectures_test

import data.policies.systemd.syscall_architectures

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscall_architectures.deny == {{
		"at": ["exposure", "badness", "SystemCallArchitectures"],
		"msg": "a.service may use system calls of other architectures: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallArchitectures": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscall_architectures.deny) == 0 with input as unit({})
