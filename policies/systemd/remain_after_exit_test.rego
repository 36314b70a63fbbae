package policies.systemd.remain_after_exit_test

import data.policies.systemd.remain_after_exit

unit(type, setting) := {
	"name": "a.service", "service": true, "partial": false, "service_type": type,
	"conduct": {"remain_after_exit": true}, "exec": [{"setting": setting}],
}

test_simple if {
	remain_after_exit.deny == {{
		"at": ["conduct", "remain_after_exit"],
		"msg": "a.service counts as running when its process has ended: RemainAfterExit= is for Type=oneshot",
	}} with input as unit("simple", "ExecStart")
}

test_oneshot if count(remain_after_exit.deny) == 0 with input as unit("oneshot", "ExecStart")

test_no_command if count(remain_after_exit.deny) == 0 with input as unit("", "ExecStop")
