package policies.systemd.exec_switches_user_test

import data.policies.systemd.exec_switches_user

unit(act) := {
	"name": "a.service", "service": true, "manager": "system",
	"acts": [{"name": act, "setting": "ExecStart", "command": 1, "what": "WHAT"}],
	"conduct": {"open_modes": []},
}

test_switch if {
	exec_switches_user.deny == {{
		"at": ["exec", 1],
		"msg": "a.service changes its account by WHAT, and not by User=",
	}} with input as unit("switches_user")
}

test_others if count(exec_switches_user.deny) == 0 with input as unit("opens_mode")
