package policies.systemd.capability_sys_rawio_test

import data.policies.systemd.capability_sys_rawio

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_rawio.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_RAWIO"],
		"msg": "a.service may talk to hardware directly: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_RAWIO": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_rawio.deny) == 0 with input as unit({})
