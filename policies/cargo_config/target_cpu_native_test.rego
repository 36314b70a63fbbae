package policies.cargo_config.target_cpu_native_test

import data.policies.cargo_config.target_cpu_native

test_native if {
	found := target_cpu_native.deny with input as {"native": true, "flags": [
		{"name": "build.rustflags", "native": false},
		{"name": "env.CFLAGS", "native": true},
	]}
	found == {{"at": ["flags", 1, "native"], "msg": "env.CFLAGS compiles for the native processor"}}
}

test_named_processor if {
	found := target_cpu_native.deny with input as {"native": false, "flags": [{"name": "build.rustflags", "native": false}]}
	count(found) == 0
}
