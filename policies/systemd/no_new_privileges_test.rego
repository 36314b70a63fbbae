package policies.systemd.no_new_privileges_test

import data.policies.systemd.no_new_privileges

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	no_new_privileges.deny == {{
		"at": ["exposure", "badness", "NoNewPrivileges"],
		"msg": "a.service may gain privileges by set-user-ID programs: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"NoNewPrivileges": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(no_new_privileges.deny) == 0 with input as unit({})
