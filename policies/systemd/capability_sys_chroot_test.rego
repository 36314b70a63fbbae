package policies.systemd.capability_sys_chroot_test

import data.policies.systemd.capability_sys_chroot

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_chroot.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_CHROOT"],
		"msg": "a.service may change its root folder: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_CHROOT": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_chroot.deny) == 0 with input as unit({})
