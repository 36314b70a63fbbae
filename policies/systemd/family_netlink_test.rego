package policies.systemd.family_netlink_test

import data.policies.systemd.family_netlink

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	family_netlink.deny == {{
		"at": ["exposure", "badness", "RestrictAddressFamilies_AF_NETLINK"],
		"msg": "a.service may open netlink sockets: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictAddressFamilies_AF_NETLINK": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(family_netlink.deny) == 0 with input as unit({})
