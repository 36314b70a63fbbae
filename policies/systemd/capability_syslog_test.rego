package policies.systemd.capability_syslog_test

import data.policies.systemd.capability_syslog

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_syslog.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYSLOG"],
		"msg": "a.service may read the log of the kernel: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYSLOG": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_syslog.deny) == 0 with input as unit({})
