package policies.systemd.capability_linux_immutable_test

import data.policies.systemd.capability_linux_immutable

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_linux_immutable.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_LINUX_IMMUTABLE"],
		"msg": "a.service may mark files immutable: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_LINUX_IMMUTABLE": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_linux_immutable.deny) == 0 with input as unit({})
