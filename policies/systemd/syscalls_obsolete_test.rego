package policies.systemd.syscalls_obsolete_test

import data.policies.systemd.syscalls_obsolete

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_obsolete.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_obsolete"],
		"msg": "a.service may use outdated system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_obsolete": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_obsolete.deny) == 0 with input as unit({})
