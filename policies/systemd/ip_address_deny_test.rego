package policies.systemd.ip_address_deny_test

import data.policies.systemd.ip_address_deny

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	ip_address_deny.deny == {{
		"at": ["exposure", "badness", "IPAddressDeny"],
		"msg": "a.service may talk to any address: A= is not set",
	}} with input as unit({"IPAddressDeny": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(ip_address_deny.deny) == 0 with input as unit({})
