package policies.systemd.capability_chown_test

import data.policies.systemd.capability_chown

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_chown.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_CHOWN_FSETID_SETFCAP"],
		"msg": "a.service may change owners and capabilities of files: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_CHOWN_FSETID_SETFCAP": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_chown.deny) == 0 with input as unit({})
