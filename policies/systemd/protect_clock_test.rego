package policies.systemd.protect_clock_test

import data.policies.systemd.protect_clock

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	protect_clock.deny == {{
		"at": ["exposure", "badness", "ProtectClock"],
		"msg": "a.service may set the clock: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"ProtectClock": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(protect_clock.deny) == 0 with input as unit({})
