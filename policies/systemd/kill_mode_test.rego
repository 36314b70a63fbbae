package policies.systemd.kill_mode_test

import data.policies.systemd.kill_mode

unit(mode) := {"name": "a.service", "service": true, "default_dependencies": true, "conduct": {"kill_mode": mode}}

test_none if {
	kill_mode.deny == {{
		"at": ["conduct", "kill_mode"],
		"msg": "the processes of a.service run on when it is stopped: KillMode= is none",
	}} with input as unit("none")
}

test_mixed if count(kill_mode.deny) == 0 with input as unit("mixed")
