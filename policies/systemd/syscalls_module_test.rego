package policies.systemd.syscalls_module_test

import data.policies.systemd.syscalls_module

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_module.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_module"],
		"msg": "a.service may use kernel module system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_module": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_module.deny) == 0 with input as unit({})
