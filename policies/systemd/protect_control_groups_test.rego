package policies.systemd.protect_control_groups_test

import data.policies.systemd.protect_control_groups

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	protect_control_groups.deny == {{
		"at": ["exposure", "badness", "ProtectControlGroups"],
		"msg": "a.service may change control groups: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"ProtectControlGroups": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(protect_control_groups.deny) == 0 with input as unit({})
