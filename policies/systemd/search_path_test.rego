package policies.systemd.search_path_test

import data.policies.systemd.search_path

unit(kind) := {
	"name": "a.service",
	"shared_paths": [{"name": "/home/a/bin", "kind": kind, "setting": "PATH", "folder": "/home"}],
}

test_open if {
	search_path.deny == {{
		"at": ["shared_paths", 0],
		"msg": "PATH of a.service leads to /home/a/bin, where others than root write",
	}} with input as unit("search")
}

test_others if count(search_path.deny) == 0 with input as unit("source")
