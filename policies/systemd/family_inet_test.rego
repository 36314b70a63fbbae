package policies.systemd.family_inet_test

import data.policies.systemd.family_inet

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	family_inet.deny == {{
		"at": ["exposure", "badness", "RestrictAddressFamilies_AF_INET_INET6"],
		"msg": "a.service may open sockets of IP: A= is not set",
	}} with input as unit({"RestrictAddressFamilies_AF_INET_INET6": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(family_inet.deny) == 0 with input as unit({})
