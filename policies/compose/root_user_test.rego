package policies.compose.root_user_test

import data.policies.compose.root_user

found(user) := deny if {
	deny := root_user.deny with input as {"services": [{"name": "web", "user": user}]}
}

test_root if {
	msgs := {f.msg | some f in found({"set": true, "value": "0:0", "known": true, "root": true})}
	msgs == {"service \"web\" runs as root: user is \"0:0\""}
}

test_unknown if {
	msgs := {f.msg | some f in found({"set": true, "value": "${UID}", "known": false, "root": false})}
	msgs == {"service \"web\" may run as root: its user is not known from the files: \"${UID}\""}
}

test_account if {
	count(found({"set": true, "value": "10001", "known": true, "root": false})) == 0
}

test_absent if {
	count(found({"set": false, "value": "", "known": false, "root": false})) == 0
}
