package policies.compose.host_directory_read_test

import data.policies.compose.host_directory_read

found(holds, read_only) := msgs if {
	services := [{"name": "web", "host_mounts": [{"path": "/proc", "holds": holds, "read_only": read_only}]}]
	msgs := {f.msg | some f in host_directory_read.deny} with input as {"services": services}
}

test_read if {
	found("system", true) == {"service \"web\" reads the system of its host: /proc is mounted"}
}

test_others if {
	count(found("system", false)) == 0
	count(found("root", true)) == 0
}
