package policies.systemd.capability_sys_pacct_test

import data.policies.systemd.capability_sys_pacct

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_pacct.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_PACCT"],
		"msg": "a.service may switch process accounting: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_PACCT": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_pacct.deny) == 0 with input as unit({})
