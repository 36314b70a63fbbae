package policies.compose.capability_dangerous_test

import data.policies.compose.capability_dangerous

found(name, known) := msgs if {
	services := [{"name": "web", "cap_add": [{"name": name, "known": known}]}]
	msgs := {f.msg | some f in capability_dangerous.deny} with input as {"services": services}
}

test_dangerous if {
	found("SYS_ADMIN", true) == {"service \"web\" gets the capability SYS_ADMIN"}
}

test_unknown if {
	found("${CAP}", false) == {"service \"web\" gets a capability that is not known from the files: \"${CAP}\""}
}

test_narrow if {
	count(found("NET_BIND_SERVICE", true)) == 0
}
