package policies.image.root_user_test

import data.policies.image.root_user

msgs(user) := found if {
	found := {f.msg | some f in root_user.deny} with input as {"name": "app:1", "user": user}
}

test_root if {
	msgs({"root": true, "known": true, "value": ""}) == {"app:1 runs as root: it names no user"}
	msgs({"root": true, "known": true, "value": "toor"}) == {"app:1 runs as root: its user is \"toor\", which has uid 0"}
}

test_unknown if {
	user := {"root": false, "known": false, "value": "app", "reason": "the image has no account named app"}
	msgs(user) == {"nobody can tell as whom app:1 runs: its user is \"app\", and the image has no account named app"}
}

test_account if count(msgs({"root": false, "known": true, "value": "10001"})) == 0
