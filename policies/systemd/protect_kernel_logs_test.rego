package policies.systemd.protect_kernel_logs_test

import data.policies.systemd.protect_kernel_logs

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	protect_kernel_logs.deny == {{
		"at": ["exposure", "badness", "ProtectKernelLogs"],
		"msg": "a.service may read and clear the log of the kernel: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"ProtectKernelLogs": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(protect_kernel_logs.deny) == 0 with input as unit({})
