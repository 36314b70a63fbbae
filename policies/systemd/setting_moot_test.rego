package policies.systemd.setting_moot_test

import data.policies.systemd.setting_moot

test_moot if {
	setting_moot.deny == {{
		"at": ["conduct", "moot", 0],
		"msg": "DeviceAllow=/dev/ttyS0 rw of a.service has no effect: it is hidden",
	}} with input as {"name": "a.service", "conduct": {"moot": [{"name": "DeviceAllow", "value": "/dev/ttyS0 rw", "because": "it is hidden"}]}}
}

test_none if count(setting_moot.deny) == 0 with input as {"name": "a.service", "conduct": {"moot": []}}
