package policies.compose.host_ipc_test

import data.policies.compose.host_ipc

found(setting) := msgs if {
	msgs := {f.msg | some f in host_ipc.deny} with input as {"services": [{"name": "web", "ipc": setting}]}
}

test_host if {
	found({"value": "host", "known": true, "host": true}) == {"service \"web\" shares the shared memory of its host"}
}

test_unknown if {
	found({"value": "${MODE}", "known": false, "host": false}) == {"service \"web\" may share the shared memory of its host: ipc is not known from the files: \"${MODE}\""}
}

test_own if {
	count(found({"value": "", "known": true, "host": false})) == 0
}
