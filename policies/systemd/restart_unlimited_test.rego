package policies.systemd.restart_unlimited_test

import data.policies.systemd.restart_unlimited

unset := {"set": false, "value": -1}

unit(interval, pause) := {
	"name": "a.service", "service": true, "partial": false,
	"running": {"restart": "always", "start_limit_interval_sec": interval, "start_limit_burst": unset, "restart_sec": pause},
}

test_unlimited if {
	restart_unlimited.deny == {{
		"at": ["running", "start_limit_interval_sec"],
		"msg": "a.service is started again for ever, ten times a second: StartLimitIntervalSec= is 0, and RestartSec= below a second",
	}} with input as unit({"set": true, "value": 0}, unset)
}

test_pause if count(restart_unlimited.deny) == 0 with input as unit({"set": true, "value": 0}, {"set": true, "value": 5})

test_default if count(restart_unlimited.deny) == 0 with input as unit(unset, unset)
