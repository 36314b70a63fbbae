package policies.systemd.exec_relative_test

import data.policies.systemd.exec_relative

unit(path) := {"name": "a.service", "service": true, "exec": [{"name": "ExecStart", "path": path}]}

test_bare if {
	exec_relative.deny == {{"at": ["exec", 0, "path"], "msg": "ExecStart of a.service names a without its folder"}} with input as unit("a")
}

test_whole if count(exec_relative.deny) == 0 with input as unit("/usr/bin/a")

test_specifier if count(exec_relative.deny) == 0 with input as unit("%h/bin/a")

test_own if count(exec_relative.deny) == 0 with input as unit("systemctl")

test_own_prefix if count(exec_relative.deny) == 0 with input as unit("systemd-tmpfiles")
