package policies.systemd.world_writable_test

import data.policies.systemd.world_writable

unit(act) := {
	"name": "a.service", "service": true, "manager": "system",
	"acts": [{"name": act, "setting": "ExecStart", "command": 1, "what": "WHAT"}],
	"conduct": {"open_modes": []},
}

test_command if {
	world_writable.deny == {{
		"at": ["exec", 1],
		"msg": "ExecStart= of a.service lets everybody write: WHAT",
	}} with input as unit("opens_mode")
}

test_setting if {
	world_writable.deny == {{
		"at": ["conduct", "open_modes", 0],
		"msg": "RuntimeDirectoryMode=0777 of a.service lets everybody write",
	}} with input as {
		"name": "a.service", "acts": [],
		"conduct": {"open_modes": [{"name": "RuntimeDirectoryMode", "value": "0777"}]},
	}
}

test_others if count(world_writable.deny) == 0 with input as unit("runs_download")
