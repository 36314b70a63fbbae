package policies.systemd.syscalls_privileged_test

import data.policies.systemd.syscalls_privileged

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_privileged.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_privileged"],
		"msg": "a.service may use privileged system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_privileged": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_privileged.deny) == 0 with input as unit({})
