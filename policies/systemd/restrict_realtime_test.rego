package policies.systemd.restrict_realtime_test

import data.policies.systemd.restrict_realtime

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	restrict_realtime.deny == {{
		"at": ["exposure", "badness", "RestrictRealtime"],
		"msg": "a.service may be scheduled in real time: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictRealtime": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(restrict_realtime.deny) == 0 with input as unit({})
