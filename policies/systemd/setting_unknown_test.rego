package policies.systemd.setting_unknown_test

import data.policies.systemd.setting_unknown

entry(name, nearest) := {"name": name, "section": "Service", "nearest": nearest}

test_setting if {
	setting_unknown.deny == {{
		"at": ["unknown", 0],
		"msg": "systemd ignores PrivateTemp= in [Service]: it knows PrivateTmp=",
	}} with input as {"unknown": [entry("PrivateTemp", "PrivateTmp")]}
}

test_section if {
	setting_unknown.deny == {{
		"at": ["unknown", 0],
		"msg": "systemd ignores [Service]: it knows [X]",
	}} with input as {"unknown": [entry("", "X")]}
}

test_nothing_near if count(setting_unknown.deny) == 0 with input as {"unknown": [entry("Foo", "")]}
