package policies.systemd.core_dump_test

import data.policies.systemd.core_dump

unit(limit) := {
	"name": "a.service", "service": true, "partial": false, "service_type": "exec",
	"running": {"loads_credentials": true, "limit_core": limit},
}

test_not_set if {
	core_dump.deny == {{
		"at": ["running", "limit_core"],
		"msg": "a crash of a.service writes its credentials to disk: LimitCORE= is not set",
	}} with input as unit({"set": false, "text": "", "soft": -1})
}

test_infinity if count(core_dump.deny) == 1 with input as unit({"set": true, "text": "infinity", "soft": -1})

test_zero if count(core_dump.deny) == 0 with input as unit({"set": true, "text": "0", "soft": 0})
