package policies.compose.host_uts_test

import data.policies.compose.host_uts

found(setting) := msgs if {
	msgs := {f.msg | some f in host_uts.deny} with input as {"services": [{"name": "web", "uts": setting}]}
}

test_host if {
	found({"value": "host", "known": true, "host": true}) == {"service \"web\" shares the name of its host"}
}

test_unknown if {
	found({"value": "${MODE}", "known": false, "host": false}) == {"service \"web\" may share the name of its host: uts is not known from the files: \"${MODE}\""}
}

test_own if {
	count(found({"value": "", "known": true, "host": false})) == 0
}
