package policies.systemd.syscalls_raw_io_test

import data.policies.systemd.syscalls_raw_io

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_raw_io.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_raw_io"],
		"msg": "a.service may use raw I/O system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_raw_io": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_raw_io.deny) == 0 with input as unit({})
