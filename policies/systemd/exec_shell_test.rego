package policies.systemd.exec_shell_test

import data.policies.systemd.exec_shell

unit(setting, argv) := {"name": "a.service", "service": true, "exec": [{"setting": setting, "path": argv[0], "argv": argv}]}

test_shell if {
	exec_shell.deny == {{
		"at": ["exec", 0],
		"msg": "a.service is started by /bin/sh -ec",
	}} with input as unit("ExecStart", ["/bin/sh", "-ec", "exec a"])
}

test_script if count(exec_shell.deny) == 0 with input as unit("ExecStart", ["/bin/sh", "/usr/lib/a.sh"])

test_before if count(exec_shell.deny) == 0 with input as unit("ExecStartPre", ["/bin/sh", "-c", "true"])
