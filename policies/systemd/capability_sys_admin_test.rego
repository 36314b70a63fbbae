package policies.systemd.capability_sys_admin_test

import data.policies.systemd.capability_sys_admin

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_admin.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_ADMIN"],
		"msg": "a.service may do what an administrator does: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_ADMIN": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_admin.deny) == 0 with input as unit({})
