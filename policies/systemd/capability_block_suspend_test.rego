package policies.systemd.capability_block_suspend_test

import data.policies.systemd.capability_block_suspend

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_block_suspend.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_BLOCK_SUSPEND"],
		"msg": "a.service may keep the machine awake: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_BLOCK_SUSPEND": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_block_suspend.deny) == 0 with input as unit({})
