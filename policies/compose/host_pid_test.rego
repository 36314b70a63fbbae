package policies.compose.host_pid_test

import data.policies.compose.host_pid

found(setting) := msgs if {
	msgs := {f.msg | some f in host_pid.deny} with input as {"services": [{"name": "web", "pid": setting}]}
}

test_host if {
	found({"value": "host", "known": true, "host": true}) == {"service \"web\" shares the processes of its host"}
}

test_unknown if {
	found({"value": "${MODE}", "known": false, "host": false}) == {"service \"web\" may share the processes of its host: pid is not known from the files: \"${MODE}\""}
}

test_own if {
	count(found({"value": "", "known": true, "host": false})) == 0
}
