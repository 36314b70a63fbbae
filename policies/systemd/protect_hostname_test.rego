package policies.systemd.protect_hostname_test

import data.policies.systemd.protect_hostname

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	protect_hostname.deny == {{
		"at": ["exposure", "badness", "ProtectHostname"],
		"msg": "a.service may change the name of the machine: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"ProtectHostname": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(protect_hostname.deny) == 0 with input as unit({})
