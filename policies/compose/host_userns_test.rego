package policies.compose.host_userns_test

import data.policies.compose.host_userns

found(setting) := msgs if {
	msgs := {f.msg | some f in host_userns.deny} with input as {"services": [{"name": "web", "userns_mode": setting}]}
}

test_host if {
	found({"value": "host", "known": true, "host": true}) == {"service \"web\" shares the user namespace of its host"}
}

test_unknown if {
	found({"value": "${MODE}", "known": false, "host": false}) == {"service \"web\" may share the user namespace of its host: userns_mode is not known from the files: \"${MODE}\""}
}

test_own if {
	count(found({"value": "", "known": true, "host": false})) == 0
}
