package policies.systemd.read_write_paths_test

import data.policies.systemd.read_write_paths

unit(paths, binds) := {
	"name": "a.service",
	"service": true,
	"manager": "system",
	"filesystem": {"read_write_paths": paths, "bind_paths": binds},
}

setting(name, system, program) := {"name": name, "system": system, "holds_program": program}

test_system if {
	paths := [setting("/var/lib/a", false, false), setting("/etc", true, false)]
	read_write_paths.deny == {{
		"at": ["filesystem", "read_write_paths", 1],
		"msg": "ReadWritePaths= opens /etc to a.service: it is part of the system",
	}} with input as unit(paths, [])
}

test_program if {
	read_write_paths.deny == {{
		"at": ["filesystem", "bind_paths", 0],
		"msg": "BindPaths= opens /opt/a to a.service: it holds the program that the service runs",
	}} with input as unit([], [setting("/opt/a", false, true)])
}

test_both if count(read_write_paths.deny) == 1 with input as unit([setting("/", true, true)], [])

test_own if count(read_write_paths.deny) == 0 with input as unit([setting("/var/lib/a", false, false)], [])
