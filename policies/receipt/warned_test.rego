package policies.receipt.warned_test

import data.policies.receipt.warned

found(result, warnings) := findings if {
	findings := warned.deny with input as {"result": result, "counts": {"warnings": warnings}}
}

test_counted if found("warned", 3) == {{"at": ["result"], "msg": "the run passed with 3 warnings"}}

test_not_counted if found("warned", 0) == {{"at": ["result"], "msg": "the run passed with warnings"}}

test_passed if count(found("passed", 0)) == 0
