package policies.systemd.private_users_test

import data.policies.systemd.private_users

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	private_users.deny == {{
		"at": ["exposure", "badness", "PrivateUsers"],
		"msg": "a.service has no user namespace of its own: A= is not set",
	}} with input as unit({"PrivateUsers": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(private_users.deny) == 0 with input as unit({})
