package policies.systemd.capability_sys_ptrace_test

import data.policies.systemd.capability_sys_ptrace

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_ptrace.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_PTRACE"],
		"msg": "a.service may trace all processes: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_PTRACE": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_ptrace.deny) == 0 with input as unit({})
