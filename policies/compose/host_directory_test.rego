package policies.compose.host_directory_test

import data.policies.compose.host_directory

found(holds, read_only) := msgs if {
	services := [{"name": "web", "host_mounts": [{"path": "/x", "holds": holds, "read_only": read_only}]}]
	msgs := {f.msg | some f in host_directory.deny} with input as {"services": services}
}

test_found if {
	found("root", true) == {"service \"web\" sees the whole file system of its host: /x is mounted"}
	found("credentials", true) == {"service \"web\" sees keys and logins of its host: /x is mounted"}
	found("system", false) == {"service \"web\" can write the system of its host: /x is mounted"}
}

test_quiet if {
	count(found("system", true)) == 0
	count(found("engine", false)) == 0
	count(found("", false)) == 0
}
