package policies.systemd.restart_missing_test

import data.policies.systemd.restart_missing

unit(restart, type) := {
	"name": "a.service",
	"service": true,
	"partial": false,
	"service_type": type,
	"sockets": [],
	"activated_by": [],
	"conduct": {"remain_after_exit": false},
	"running": {"restart": restart, "on_demand": ""},
	"settings": [],
}

test_missing if {
	restart_missing.deny == {{
		"at": ["running", "restart"],
		"msg": "a.service is not started again after a crash: Restart= is \"no\"",
	}} with input as unit("no", "simple")
}

test_oneshot if count(restart_missing.deny) == 0 with input as unit("no", "oneshot")

test_on_demand if {
	asked := {"restart": "no", "on_demand": "a.socket"}
	count(restart_missing.deny) == 0 with input as object.union(unit("no", "simple"), {"running": asked})
}

test_failure if {
	count(restart_missing.deny) == 0 with input as object.union(unit("no", "simple"), {"settings": [{"name": "OnFailure"}]})
}

test_once if {
	count(restart_missing.deny) == 0 with input as object.union(unit("no", "forking"), {"conduct": {"remain_after_exit": true}})
}

test_set if count(restart_missing.deny) == 0 with input as unit("on-failure", "simple")
