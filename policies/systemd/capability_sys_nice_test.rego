package policies.systemd.capability_sys_nice_test

import data.policies.systemd.capability_sys_nice

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_nice.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_NICE_RESOURCE"],
		"msg": "a.service may lift limits of resources: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_NICE_RESOURCE": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_nice.deny) == 0 with input as unit({})
