package policies.systemd.capability_sys_boot_test

import data.policies.systemd.capability_sys_boot

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_boot.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_BOOT"],
		"msg": "a.service may restart the machine: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_BOOT": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_boot.deny) == 0 with input as unit({})
