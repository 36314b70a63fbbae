package policies.compose.apparmor_unconfined_test

import data.policies.compose.apparmor_unconfined

found(profile) := msgs if {
	msgs := {f.msg | some f in apparmor_unconfined.deny} with input as {"services": [{"name": "web", "security": {"apparmor": profile}}]}
}

test_unconfined if {
	found({"value": "unconfined", "known": true, "unconfined": true}) == {"service \"web\" runs without an AppArmor profile"}
}

test_unknown if {
	found({"value": "${P}", "known": false, "unconfined": false}) == {"service \"web\" may run without an AppArmor profile: the profile is not known from the files: \"${P}\""}
}

test_default if {
	count(found({"value": "", "known": true, "unconfined": false})) == 0
}
