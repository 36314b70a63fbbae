package policies.systemd.syscall_deny_list_test

import data.policies.systemd.syscall_deny_list

unit(mode) := {
	"name": "a.service", "service": true, "partial": false,
	"confinement": {"system_calls": {"mode": mode, "calls": ["mount", "reboot"]}},
}

test_deny if {
	syscall_deny_list.deny == {{
		"at": ["confinement", "system_calls"],
		"msg": "SystemCallFilter= of a.service forbids 2 calls, and allows all others",
	}} with input as unit("deny")
}

test_allow if count(syscall_deny_list.deny) == 0 with input as unit("allow")
