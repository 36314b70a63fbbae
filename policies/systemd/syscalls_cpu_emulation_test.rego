package policies.systemd.syscalls_cpu_emulation_test

import data.policies.systemd.syscalls_cpu_emulation

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	syscalls_cpu_emulation.deny == {{
		"at": ["exposure", "badness", "SystemCallFilter_cpu_emulation"],
		"msg": "a.service may use CPU emulation system calls: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"SystemCallFilter_cpu_emulation": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(syscalls_cpu_emulation.deny) == 0 with input as unit({})
