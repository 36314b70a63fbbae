package policies.systemd.dynamic_user_state_test

import data.policies.systemd.dynamic_user_state

unit(path, uid) := {
	"name": "a.service", "service": true,
	"identity": {"dynamic_user": true, "uid": uid},
	"filesystem": {
		"read_write_paths": [{"name": path}], "bind_paths": [], "state_directory": ["a"],
		"cache_directory": [], "logs_directory": [], "configuration_directory": [],
	},
}

test_outside if {
	dynamic_user_state.deny == {{
		"at": ["filesystem", "read_write_paths", 0],
		"msg": "ReadWritePaths= lets the account that systemd makes up for a.service own files in /var/lib/b",
	}} with input as unit("/var/lib/b", -1)
}

test_state if count(dynamic_user_state.deny) == 0 with input as unit("/var/lib/a/x", -1)

test_similar_name if count(dynamic_user_state.deny) == 1 with input as unit("/var/lib/ab", -1)

test_run if count(dynamic_user_state.deny) == 0 with input as unit("/run/b", -1)

test_old_run if count(dynamic_user_state.deny) == 0 with input as unit("/var/run/b", -1)

test_number if count(dynamic_user_state.deny) == 0 with input as unit("/var/lib/b", 10001)
