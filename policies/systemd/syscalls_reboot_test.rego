package policies.systemd.syscalls_reboot_test

import data.policies.systemd.syscalls_reboot

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_reboot.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_reboot"],
		"msg": "a.service may use reboot system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_reboot": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_reboot.deny) == 0 with input as unit({})
