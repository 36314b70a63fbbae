package policies.systemd.restrict_suid_sgid_test

import data.policies.systemd.restrict_suid_sgid

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	restrict_suid_sgid.deny == {{
		"at": ["exposure", "badness", "RestrictSUIDSGID"],
		"msg": "a.service may make set-user-ID programs: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"RestrictSUIDSGID": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(restrict_suid_sgid.deny) == 0 with input as unit({})
