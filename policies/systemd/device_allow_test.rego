package policies.systemd.device_allow_test

import data.policies.systemd.device_allow

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	device_allow.deny == {{
		"at": ["exposure", "badness", "DeviceAllow"],
		"msg": "a.service may open any device: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"DeviceAllow": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(device_allow.deny) == 0 with input as unit({})
