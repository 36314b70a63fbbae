package policies.systemd.shared_tmp_test

import data.policies.systemd.shared_tmp

unit(kind) := {"name": "a.service", "shared_paths": [{"name": "/tmp/a", "kind": kind, "setting": "ExecStart", "folder": "/tmp"}]}

test_temporary if {
	shared_tmp.deny == {{
		"at": ["shared_paths", 0],
		"msg": "ExecStart= of a.service uses /tmp/a, and everybody may write to /tmp",
	}} with input as unit("temporary")
}

test_others if count(shared_tmp.deny) == 0 with input as unit("source")
