package policies.systemd.protect_kernel_modules_test

import data.policies.systemd.protect_kernel_modules

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	protect_kernel_modules.deny == {{
		"at": ["exposure", "badness", "ProtectKernelModules"],
		"msg": "a.service may load kernel modules: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"ProtectKernelModules": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(protect_kernel_modules.deny) == 0 with input as unit({})
