package policies.systemd.exec_writable_test

import data.policies.systemd.exec_writable

unit(folder, script, opened) := {
	"name": "a.service",
	"service": true,
	"manager": "system",
	"exec": [{"name": "ExecStart", "path": "/tmp/a", "command": "/tmp/a b", "writable": folder, "script_writable": script}],
	"filesystem": {"read_write_paths": [{"name": opened}], "bind_paths": []},
}

test_program if {
	exec_writable.deny == {{
		"at": ["exec", 0, "path"],
		"msg": "ExecStart of a.service lies below /tmp, where others than root write: /tmp/a",
	}} with input as unit("/tmp", "", "/srv")
}

test_script if {
	exec_writable.deny == {{
		"at": ["exec", 0],
		"msg": "ExecStart of a.service runs a script below /home, where others than root write: /tmp/a b",
	}} with input as unit("", "/home", "/srv")
}

test_opened if count(exec_writable.deny) == 0 with input as unit("/opt/a", "", "/opt/a")

test_usr if count(exec_writable.deny) == 0 with input as unit("", "", "/srv")
