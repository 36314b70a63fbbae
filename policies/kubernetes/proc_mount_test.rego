package policies.kubernetes.proc_mount_test

import data.policies.kubernetes.proc_mount

found(mount, host_users, relaxed) := count(rules) if {
	rules := proc_mount.deny with input as {
		"pods": [{"host_users": host_users}],
		"containers": [{"name": "web", "pod": 0, "security": {"proc_mount": mount}}],
	}
		with data.parameters as {"kubernetes": {"proc_mount": {"user_namespaces": relaxed}}}
}

test_unmasked if {
	found("Unmasked", true, true) == 1
	found("Unmasked", false, false) == 1
}

test_masked if {
	found("", true, true) == 0
	found("Default", true, true) == 0
	found("Unmasked", false, true) == 0
}
