package policies.systemd.protect_kernel_tunables_test

import data.policies.systemd.protect_kernel_tunables

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	protect_kernel_tunables.deny == {{
		"at": ["exposure", "badness", "ProtectKernelTunables"],
		"msg": "a.service may change settings of the kernel: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"ProtectKernelTunables": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(protect_kernel_tunables.deny) == 0 with input as unit({})
