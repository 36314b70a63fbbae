package policies.systemd.notify_access_test

import data.policies.systemd.notify_access

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	notify_access.deny == {{
		"at": ["exposure", "badness", "NotifyAccess"],
		"msg": "a.service lets each of its processes speak for it: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"NotifyAccess": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(notify_access.deny) == 0 with input as unit({})
