package policies.systemd.source_writable_test

import data.policies.systemd.source_writable

unit(kind) := {"name": "a.service", "shared_paths": [{"name": "/home/a/env", "kind": kind, "setting": "EnvironmentFile", "folder": "/home"}]}

test_source if {
	source_writable.deny == {{
		"at": ["shared_paths", 0],
		"msg": "EnvironmentFile= of a.service reads /home/a/env, and others than root write below /home",
	}} with input as unit("source")
}

test_others if count(source_writable.deny) == 0 with input as unit("temporary")
