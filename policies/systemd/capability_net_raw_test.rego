package policies.systemd.capability_net_raw_test

import data.policies.systemd.capability_net_raw

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_net_raw.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)"],
		"msg": "a.service may forge packets or take ports below 1024: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_net_raw.deny) == 0 with input as unit({})
