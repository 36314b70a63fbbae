package policies.systemd.umask_test

import data.policies.systemd.umask

unit(open) := {"name": "a.service", "exposure": {"open": open, "badness": {"UMask": 5}}}

test_open if {
	umask.deny == {{
		"at": ["exposure", "badness", "UMask"],
		"msg": "a.service makes files that everybody can read: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"UMask": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(umask.deny) == 0 with input as unit({})
