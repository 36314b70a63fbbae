package policies.systemd.capability_audit_test

import data.policies.systemd.capability_audit

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_audit.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_AUDIT"],
		"msg": "a.service may change what is audited: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_AUDIT": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_audit.deny) == 0 with input as unit({})
