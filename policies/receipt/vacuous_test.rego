package policies.receipt.vacuous_test

import data.policies.receipt.vacuous

found(known, counts) := findings if {
	findings := vacuous.deny with input as {"kind": "test", "name": "test", "result": "passed", "command": {"known": known, "tells": []}, "counts": counts}
}

test_none if {
	found(true, {"tests": true, "passed": 0, "failed": 0, "ignored": 0}) == {{"at": ["counts"], "msg": "no test ran"}}
	found(true, {"tests": true, "passed": 0, "failed": 0, "ignored": 4}) == {{"at": ["counts"], "msg": "no test ran: 4 were ignored"}}
}

test_some if {
	count(found(true, {"tests": true, "passed": 1, "failed": 0, "ignored": 0})) == 0
	count(found(true, {"tests": true, "passed": 0, "failed": 1, "ignored": 0})) == 0
}

test_not_counted if count(found(true, {"tests": false, "passed": 0, "failed": 0, "ignored": 0})) == 0

test_foreign if {
	found(false, {"tests": false, "passed": 0, "failed": 0, "ignored": 0}) == {{"at": ["tests"], "msg": "the result names no test"}}
}

cargo(name, result, denies, counts) := findings if {
	findings := vacuous.deny with input as {
		"kind": "test", "name": name, "result": result, "counts": object.union({"passed": 1, "failed": 0, "ignored": 0}, counts),
		"command": {"known": true, "tells": [name], "denies": denies},
	}
}

test_silent if {
	count(cargo("test", "passed", false, {"tests": false})) == 1
	count(cargo("test", "failed", false, {"tests": false})) == 0
	count(cargo("test", "passed", false, {"tests": true})) == 0
}

test_quiet_clippy if {
	count(cargo("clippy", "passed", false, {"tests": false, "lints": false})) == 1
	count(cargo("clippy", "passed", true, {"tests": false, "lints": false})) == 0
	count(cargo("clippy", "warned", false, {"tests": false, "lints": false})) == 0
	count(cargo("clippy", "passed", false, {"tests": false, "lints": true})) == 0
}
