package policies.dockerfile.cargo_locked_test

import data.policies.dockerfile.cargo_locked

build := {"name": "cargo", "subcommand": "build", "resolves": true, "locked": false, "updates": false}

update := {"name": "cargo", "subcommand": "update", "resolves": false, "locked": false, "updates": true}

findings(command, contributes) := found if {
	found := cargo_locked.deny with input as {"stages": [{"cargo": [command], "contributes": contributes}]}
}

test_unlocked if {
	findings(build, true) == {{"at": ["stages", 0, "cargo", 0], "msg": "cargo build runs without --locked"}}
}

test_update if {
	findings(update, true) == {{"at": ["stages", 0, "cargo", 0], "msg": "cargo update replaces the locked versions"}}
}

test_locked if findings(object.union(build, {"locked": true}), true) == set()

test_harmless if findings(object.union(build, {"subcommand": "doc"}), true) == set()

test_other_stage if findings(build, false) | findings(update, false) == set()
