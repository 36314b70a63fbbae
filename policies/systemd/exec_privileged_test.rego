package policies.systemd.exec_privileged_test

import data.policies.systemd.exec_privileged

none := {"setting": "ExecStart", "path": "/bin/a", "command": "/bin/a $MAINPID", "full_privileges": false, "keeps_root": false, "keeps_root_legacy": false}

unit(flags) := {
	"name": "a.service",
	"service": true,
	"manager": "system",
	"identity": {"root": false},
	"exec": [object.union(none, flags)],
	"conduct": {"start_only": false},
	"ambient_capabilities": [],
}

found(prefix) := {{"at": ["exec", 0], "msg": sprintf("ExecStart of a.service has the prefix %q: /bin/a runs as root", [prefix])}}

test_full if exec_privileged.deny == found("+") with input as unit({"full_privileges": true})

test_keeps if exec_privileged.deny == found("!") with input as unit({"keeps_root": true})

test_legacy if exec_privileged.deny == found("!!") with input as unit({"keeps_root_legacy": true})

test_both if exec_privileged.deny == found("+") with input as unit({"full_privileges": true, "keeps_root": true})

test_root_already if {
	count(exec_privileged.deny) == 0 with input as object.union(unit({"keeps_root": true}), {"identity": {"root": true}})
}

test_none if count(exec_privileged.deny) == 0 with input as unit({})

test_start_only if {
	exec_privileged.deny == {{
		"at": ["exec", 0],
		"msg": "ExecStartPre of a.service has PermissionsStartOnly=: /bin/a runs as root",
	}} with input as object.union(unit({"setting": "ExecStartPre"}), {"conduct": {"start_only": true}})
}

test_signal if {
	count(exec_privileged.deny) == 0 with input as unit({"command": "/bin/kill -s HUP $MAINPID", "full_privileges": true})
}

test_other_signal if {
	count(exec_privileged.deny) == 1 with input as unit({"command": "/bin/kill -HUP $MAINPID 1", "full_privileges": true})
}

test_legacy_with_ambient if {
	count(exec_privileged.deny) == 0 with input as object.union(unit({"keeps_root_legacy": true}), {"ambient_capabilities": ["CAP_NET_RAW"]})
}
