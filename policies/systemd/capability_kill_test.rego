package policies.systemd.capability_kill_test

import data.policies.systemd.capability_kill

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_kill.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_KILL"],
		"msg": "a.service may send signals to all processes: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_KILL": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_kill.deny) == 0 with input as unit({})
