package policies.systemd.family_unix_test

import data.policies.systemd.family_unix

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	family_unix.deny == {{
		"at": ["exposure", "badness", "RestrictAddressFamilies_AF_UNIX"],
		"msg": "a.service may open local sockets: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictAddressFamilies_AF_UNIX": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(family_unix.deny) == 0 with input as unit({})
