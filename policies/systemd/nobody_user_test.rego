package policies.systemd.nobody_user_test

import data.policies.systemd.nobody_user

unit(user) := {"name": "a.service", "service": true, "identity": {"user": user}}

test_nobody if {
	nobody_user.deny == {{
		"at": ["identity", "user"],
		"msg": "a.service runs as nobody, an account that others use too",
	}} with input as unit("nobody")
}

test_own if count(nobody_user.deny) == 0 with input as unit("ledger")

test_number if count(nobody_user.deny) == 1 with input as unit("65534")
