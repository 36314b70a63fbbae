package policies.project.clippy_group_test

import data.policies.project.clippy_group

manifest(lints) := {"package": {"present": true, "name": "api"}, "lints": lints, "allowed": []}

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

test_taken_back if {
	api := object.union(manifest([{"name": "clippy.pedantic", "level": "warn"}]), {"allowed": [
		{"file": "src/main.rs", "lint": "clippy::pedantic", "active": true},
		{"file": "src/main.rs", "lint": "clippy::pedantic", "active": false},
		{"file": "src/main.rs", "lint": "clippy::all", "active": true},
	]})
	found := clippy_group.deny with input as {"cargo_manifest": [api]}
		with data.parameters.project.clippy_group.groups as ["clippy.pedantic"]
	found == {{
		"at": ["cargo_manifest", 0, "allowed", 0, "lint"], "msg": "src/main.rs allows clippy::pedantic, which the manifest asks for",
	}}
}
