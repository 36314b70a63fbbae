package policies.systemd.protect_home_test

import data.policies.systemd.protect_home

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	protect_home.deny == {{
		"at": ["exposure", "badness", "ProtectHome"],
		"msg": "a.service sees the homes of the accounts: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"ProtectHome": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(protect_home.deny) == 0 with input as unit({})
