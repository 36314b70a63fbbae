package policies.workflow.cargo_locked_test

import data.policies.workflow.cargo_locked

build := {"name": "cargo", "subcommand": "build", "resolves": true, "locked": false, "updates": false, "args": ["--release"]}

update := object.union(build, {"subcommand": "update", "resolves": false, "updates": true, "args": []})

findings(commands) := found if {
	found := cargo_locked.deny with input as {"jobs": [{"steps": [{"cargo": []}, {"cargo": commands}]}]}
}

test_unlocked if {
	findings([build]) == {{
		"at": ["jobs", 0, "steps", 1, "cargo", 0],
		"msg": "cargo build runs without --locked",
	}}
}

test_locked if count(findings([object.union(build, {"locked": true})])) == 0

test_harmless if count(findings([object.union(build, {"subcommand": "doc"})])) == 0

test_resolves_nothing if count(findings([object.union(build, {"subcommand": "fmt", "resolves": false})])) == 0

test_update if {
	findings([update, object.union(build, {"locked": true})]) == {{
		"at": ["jobs", 0, "steps", 1, "cargo", 0],
		"msg": "cargo update replaces the locked versions before cargo build",
	}}
}

test_update_alone if count(findings([update])) == 0

test_minimal_versions if {
	minimal := object.union(update, {"args": ["-Z", "direct-minimal-versions"]})
	count(findings([minimal, object.union(build, {"locked": true})])) == 0
}
