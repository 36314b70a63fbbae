package policies.systemd.lock_personality_test

import data.policies.systemd.lock_personality

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	lock_personality.deny == {{
		"at": ["exposure", "badness", "LockPersonality"],
		"msg": "a.service may change its personality: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"LockPersonality": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(lock_personality.deny) == 0 with input as unit({})
