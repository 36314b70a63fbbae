package policies.systemd.engine_open_test

import data.policies.systemd.engine_open

unit(act) := {
	"name": "a.service", "service": true, "manager": "system",
	"acts": [{"name": act, "setting": "ExecStart", "command": 1, "what": "WHAT"}],
	"conduct": {"open_modes": []},
}

test_engine if {
	engine_open.deny == {{
		"at": ["exec", 1],
		"msg": "the engine of a.service obeys everybody who reaches its port: WHAT without --tlsverify",
	}} with input as unit("open_engine")
}

test_others if count(engine_open.deny) == 0 with input as unit("opens_mode")
