package policies.systemd.capability_wake_alarm_test

import data.policies.systemd.capability_wake_alarm

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_wake_alarm.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_WAKE_ALARM"],
		"msg": "a.service may wake the machine: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_WAKE_ALARM": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_wake_alarm.deny) == 0 with input as unit({})
