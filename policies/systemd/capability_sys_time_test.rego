package policies.systemd.capability_sys_time_test

import data.policies.systemd.capability_sys_time

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_time.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_TIME"],
		"msg": "a.service may set the clock: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_TIME": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_time.deny) == 0 with input as unit({})
