package policies.systemd.search_path_test

import data.policies.systemd.search_path

unit(name, folder) := {
	"name": "a.service",
	"shared_paths": [{"name": name, "kind": "search", "setting": "PATH", "folder": folder}],
}

test_open if {
	search_path.deny == {{
		"at": ["shared_paths", 0],
		"msg": `PATH of a.service has "/home/a/bin", below /home, where others than root write`,
	}} with input as unit("/home/a/bin", "/home")
}

test_relative if {
	{f.msg | some f in search_path.deny} == {`PATH of a.service has the relative part "lib"`} with input as unit("lib", "")
}

test_empty if {
	{f.msg | some f in search_path.deny} == {"PATH of a.service has an empty part, which is the working directory"} with input as unit("", "")
}
