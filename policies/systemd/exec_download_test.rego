package policies.systemd.exec_download_test

import data.policies.systemd.exec_download

unit(act) := {
	"name": "a.service", "service": true, "manager": "system",
	"acts": [{"name": act, "setting": "ExecStart", "command": 1, "what": "WHAT"}],
	"conduct": {"open_modes": []},
}

test_download if {
	exec_download.deny == {{
		"at": ["exec", 1],
		"msg": "ExecStart= of a.service runs what it downloads: WHAT",
	}} with input as unit("runs_download")
}

test_others if count(exec_download.deny) == 0 with input as unit("opens_mode")
