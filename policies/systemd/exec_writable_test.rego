package policies.systemd.exec_writable_test

import data.policies.systemd.exec_writable

unit(path) := {
	"name": "a.service",
	"service": true,
	"manager": "system",
	"exec": [{"name": "ExecStart", "path": path}],
	"filesystem": {"state_directory": ["a"]},
}

test_tmp if {
	exec_writable.deny == {{
		"at": ["exec", 0, "path"],
		"msg": "ExecStart of a.service lies below /tmp/, where others than root write: /tmp/a",
	}} with input as unit("/tmp/a")
}

test_state if count(exec_writable.deny) == 1 with input as unit("/var/lib/a/bin/a")

test_usr if count(exec_writable.deny) == 0 with input as unit("/usr/bin/a")
