package policies.systemd.delegate_test

import data.policies.systemd.delegate

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	delegate.deny == {{
		"at": ["exposure", "badness", "Delegate"],
		"msg": "a.service manages a part of the control groups: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"Delegate": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(delegate.deny) == 0 with input as unit({})
