package policies.systemd.device_kind_test

import data.policies.systemd.device_kind

unit(values) := {"name": "a.service", "service": true, "settings": [{"name": "User", "values": []}, {"name": "DeviceAllow", "values": values}]}

test_kind if {
	device_kind.deny == {{
		"at": ["settings", 1, "values", 0],
		"msg": "a.service may open every disk: DeviceAllow= is block-* rw",
	}} with input as unit(["block-* rw"])
}

test_reset if count(device_kind.deny) == 0 with input as unit(["block-* rw", ""])

test_device if count(device_kind.deny) == 0 with input as unit(["block-loop rw"])
