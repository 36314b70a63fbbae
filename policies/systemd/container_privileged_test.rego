package policies.systemd.container_privileged_test

import data.policies.systemd.container_privileged

unit(act) := {
	"name": "a.service", "service": true, "manager": "system",
	"acts": [{"name": act, "setting": "ExecStart", "command": 1, "what": "WHAT"}],
	"conduct": {"open_modes": []},
}

test_container if {
	container_privileged.deny == {{
		"at": ["exec", 1],
		"msg": "ExecStart= of a.service opens the machine to a container: WHAT",
	}} with input as unit("privileged_container")
}

test_others if count(container_privileged.deny) == 0 with input as unit("opens_mode")
