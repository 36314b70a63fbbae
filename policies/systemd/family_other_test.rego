package policies.systemd.family_other_test

import data.policies.systemd.family_other

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	family_other.deny == {{
		"at": ["exposure", "badness", "RestrictAddressFamilies_OTHER"],
		"msg": "a.service may open rare kinds of sockets: A= is not set",
	}} with input as unit({"RestrictAddressFamilies_OTHER": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(family_other.deny) == 0 with input as unit({})
