package policies.compose.seccomp_unconfined_test

import data.policies.compose.seccomp_unconfined

found(profile) := msgs if {
	msgs := {f.msg | some f in seccomp_unconfined.deny} with input as {"services": [{"name": "web", "security": {"seccomp": profile}}]}
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
