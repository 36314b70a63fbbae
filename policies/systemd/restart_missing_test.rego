package policies.systemd.restart_missing_test

import data.policies.systemd.restart_missing

unit(restart, type) := {
	"name": "a.service",
	"service": true,
	"partial": false,
	"service_type": type,
	"sockets": [],
	"activated_by": [],
	"running": {"restart": restart},
}

test_missing if {
	restart_missing.deny == {{
		"at": ["running", "restart"],
		"msg": "a.service is not started again after a crash: Restart= is \"no\"",
	}} with input as unit("no", "simple")
}

test_oneshot if count(restart_missing.deny) == 0 with input as unit("no", "oneshot")

test_set if count(restart_missing.deny) == 0 with input as unit("on-failure", "simple")
