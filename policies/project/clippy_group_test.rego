package policies.project.clippy_group_test

import data.policies.project.clippy_group

manifest(lints) := {"package": {"present": true, "name": "api"}, "lints": lints}

findings(lints) := found if {
	found := clippy_group.deny with input as {"cargo_manifest": [manifest(lints)]}
		with data.parameters.project.clippy_group.groups as ["clippy.pedantic"]
}

test_missing if {
	findings([{"name": "clippy.all", "level": "deny"}]) == {{
		"at": ["cargo_manifest", 0, "lints"], "msg": "api does not ask for the lints of clippy.pedantic",
	}}
}

test_on if count(findings([{"name": "clippy.pedantic", "level": "warn"}])) == 0

test_off if count(findings([{"name": "clippy.pedantic", "level": "allow"}])) == 1
