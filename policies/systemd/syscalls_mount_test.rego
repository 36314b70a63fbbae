package policies.systemd.syscalls_mount_test

import data.policies.systemd.syscalls_mount

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_mount.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_mount"],
		"msg": "a.service may use mount system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_mount": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_mount.deny) == 0 with input as unit({})
