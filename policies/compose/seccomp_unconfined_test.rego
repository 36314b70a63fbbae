package policies.compose.seccomp_unconfined_test

import data.policies.compose.seccomp_unconfined

found(profile) := msgs if {
	msgs := {f.msg | some f in seccomp_unconfined.deny} with input as {"services": [{"name": "web", "security": {"seccomp": profile, "other": []}}]}
}

test_unconfined if {
	found({"value": "unconfined", "known": true, "unconfined": true}) == {"service \"web\" runs without a seccomp profile"}
}

test_unknown if {
	found({"value": "${P}", "known": false, "unconfined": false}) == {"service \"web\" may run without a seccomp profile: the profile is not known from the files: \"${P}\""}
}

test_default if {
	count(found({"value": "", "known": true, "unconfined": false})) == 0
}

test_unknown_option if {
	security := {"seccomp": {"value": "", "known": true, "unconfined": false}, "other": [{"name": "${OPTION}", "known": false}]}
	found := seccomp_unconfined.deny with input as {"services": [{"name": "web", "security": security}]}
	{f.at | some f in found} == {["services", 0, "security", "other", 0]}
}
