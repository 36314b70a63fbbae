package policies.systemd.watchdog_missing_test

import data.policies.systemd.watchdog_missing

unit(type, watchdog) := {
	"name": "a.service", "service": true, "partial": false, "packaged": false, "service_type": type,
	"running": {"restart": "on-failure", "watchdog_sec": watchdog},
}

test_missing if {
	watchdog_missing.deny == {{
		"at": ["running", "watchdog_sec"],
		"msg": "a.service is restarted after a crash, and not when it hangs: WatchdogSec= is not set",
	}} with input as unit("notify", {"set": false, "value": -1})
}

test_packaged if {
	count(watchdog_missing.deny) == 0 with input as object.union(unit("notify", {"set": false, "value": -1}), {"packaged": true})
}

test_off if count(watchdog_missing.deny) == 1 with input as unit("notify", {"set": true, "value": 0})

test_set if count(watchdog_missing.deny) == 0 with input as unit("notify", {"set": true, "value": 30})

test_simple if count(watchdog_missing.deny) == 0 with input as unit("simple", {"set": false, "value": -1})
