package policies.systemd.private_devices_test

import data.policies.systemd.private_devices

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	private_devices.deny == {{
		"at": ["exposure", "badness", "PrivateDevices"],
		"msg": "a.service sees the devices of the machine: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"PrivateDevices": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(private_devices.deny) == 0 with input as unit({})
