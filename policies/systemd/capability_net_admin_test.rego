package policies.systemd.capability_net_admin_test

import data.policies.systemd.capability_net_admin

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_net_admin.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_NET_ADMIN"],
		"msg": "a.service may configure the network: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_NET_ADMIN": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_net_admin.deny) == 0 with input as unit({})
