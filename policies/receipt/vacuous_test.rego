package policies.receipt.vacuous_test

import data.policies.receipt.vacuous

found(known, counts) := findings if {
	findings := vacuous.deny with input as {"kind": "test", "command": {"known": known}, "counts": counts}
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
