package policies.receipt.failed_test

import data.policies.receipt.failed

found(patch) := findings if {
	findings := failed.deny with input as object.union(
		{
			"name": "test", "result": "failed", "command": {"known": true, "exit_code": 101, "signal": ""},
			"counts": {"failed": 1, "passed": 11},
		},
		patch,
	)
}

test_failed if found({}) == {{"at": ["result"], "msg": "test failed with exit code 101: 1 of 12 tests"}}

test_signal if {
	found({"command": {"signal": "SIGTERM"}}) == {{"at": ["result"], "msg": "test failed: it was ended by SIGTERM"}}
}

test_foreign if {
	found({"name": "", "command": {"known": false}, "counts": {"failed": 0}}) == {{"at": ["result"], "msg": "the run failed"}}
}

test_passed if {
	count(found({"result": "passed"})) == 0
	count(found({"result": "warned"})) == 0
	count(found({"result": ""})) == 0
}
