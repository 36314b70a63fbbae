package policies.systemd.private_tmp_test

import data.policies.systemd.private_tmp

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	private_tmp.deny == {{
		"at": ["exposure", "badness", "PrivateTmp"],
		"msg": "a.service shares /tmp with all programs: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"PrivateTmp": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(private_tmp.deny) == 0 with input as unit({})
