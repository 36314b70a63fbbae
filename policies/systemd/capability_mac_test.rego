package policies.systemd.capability_mac_test

import data.policies.systemd.capability_mac

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_mac.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_MAC"],
		"msg": "a.service may change mandatory access control: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_MAC": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_mac.deny) == 0 with input as unit({})
