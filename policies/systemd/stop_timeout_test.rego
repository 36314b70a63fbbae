package policies.systemd.stop_timeout_test

import data.policies.systemd.stop_timeout

unit(type, infinite) := {
	"name": "a.service", "service": true, "service_type": type,
	"running": {"timeout_stop_sec": {"infinite": infinite, "text": "0"}},
}

test_infinite if {
	stop_timeout.deny == {{
		"at": ["running", "timeout_stop_sec"],
		"msg": "systemd waits for ever until a.service has stopped: the timeout is 0",
	}} with input as unit("simple", true)
}

test_bound if count(stop_timeout.deny) == 0 with input as unit("simple", false)

test_oneshot if count(stop_timeout.deny) == 0 with input as unit("oneshot", true)
