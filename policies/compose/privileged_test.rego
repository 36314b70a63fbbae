package policies.compose.privileged_test

import data.policies.compose.privileged

found(switch) := msgs if {
	msgs := {f.msg | some f in privileged.deny} with input as {"services": [{"name": "web", "privileged": switch}]}
}

test_privileged if {
	found({"on": true, "known": true, "value": "true"}) == {"service \"web\" is privileged"}
}

test_unknown if {
	found({"on": false, "known": false, "value": "${X}"}) == {"service \"web\" may be privileged: the value is not known from the files: \"${X}\""}
}

test_confined if {
	count(found({"on": false, "known": true, "value": ""})) == 0
}
