package policies.systemd.read_write_shared_test

import data.policies.systemd.read_write_shared

unit(path, private) := {
	"name": "a.service", "service": true, "manager": "system",
	"filesystem": {"private_tmp": private, "read_write_paths": [{"name": path}], "bind_paths": []},
}

test_tmp if {
	read_write_shared.deny == {{
		"at": ["filesystem", "read_write_paths", 0],
		"msg": "ReadWritePaths= gives /tmp to a.service, and everybody may write there",
	}} with input as unit("/tmp", false)
}

test_private if count(read_write_shared.deny) == 0 with input as unit("/tmp", true)

test_memory if count(read_write_shared.deny) == 1 with input as unit("/dev/shm", true)

test_own if count(read_write_shared.deny) == 0 with input as unit("/var/lib/a", false)
