package policies.systemd.login_user_test

import data.policies.systemd.login_user

parameters := {"systemd": {"login_user": {"accounts": ["ubuntu"]}}}

unit(user) := {"name": "a.service", "service": true, "manager": "system", "identity": {"user": user}}

test_person if {
	login_user.deny == {{
		"at": ["identity", "user"],
		"msg": "a.service runs as ubuntu, with which people log in",
	}} with input as unit("ubuntu")
		with data.parameters as parameters
}

test_own if {
	count(login_user.deny) == 0 with input as unit("ledger")
		with data.parameters as parameters
}
