package policies.systemd.capability_sys_tty_config_test

import data.policies.systemd.capability_sys_tty_config

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	capability_sys_tty_config.deny == {{
		"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_TTY_CONFIG"],
		"msg": "a.service may configure terminals: A= is not set",
		"fix": {"text": "[Service]\nA=b"},
	}} with input as unit({"CapabilityBoundingSet_CAP_SYS_TTY_CONFIG": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(capability_sys_tty_config.deny) == 0 with input as unit({})
