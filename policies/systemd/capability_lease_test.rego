package policies.systemd.capability_lease_test

import data.policies.systemd.capability_lease

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_lease.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_LEASE"],
		"msg": "a.service may take leases on files of others: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_LEASE": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_lease.deny) == 0 with input as unit({})
