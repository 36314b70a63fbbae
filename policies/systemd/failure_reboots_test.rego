package policies.systemd.failure_reboots_test

import data.policies.systemd.failure_reboots

unit(networked) := {
	"name": "a.service", "service_type": "simple", "exposure": {"networked": networked},
	"conduct": {"reboots": [{"name": "FailureAction", "value": "reboot"}]},
}

test_networked if {
	failure_reboots.deny == {{
		"at": ["conduct", "reboots", 0],
		"msg": "a crash of a.service ends in FailureAction=reboot",
	}} with input as unit(true)
}

test_local if count(failure_reboots.deny) == 0 with input as unit(false)
