package policies.systemd.capability_mknod_test

import data.policies.systemd.capability_mknod

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_mknod.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_MKNOD"],
		"msg": "a.service may make device files: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_MKNOD": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_mknod.deny) == 0 with input as unit({})
