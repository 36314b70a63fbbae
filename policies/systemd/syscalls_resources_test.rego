package policies.systemd.syscalls_resources_test

import data.policies.systemd.syscalls_resources

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_resources.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_resources"],
		"msg": "a.service may use resource system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_resources": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_resources.deny) == 0 with input as unit({})
