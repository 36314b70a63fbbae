package policies.systemd.capability_sys_module_test

import data.policies.systemd.capability_sys_module

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_module.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_MODULE"],
		"msg": "a.service may load kernel modules: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_MODULE": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_module.deny) == 0 with input as unit({})
