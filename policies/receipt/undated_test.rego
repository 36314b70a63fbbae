package policies.receipt.undated_test

import data.policies.receipt.undated

found(kind, finished) := findings if {
	findings := undated.deny with input as {"kind": kind, "finished": finished}
}

test_undated if found("test", "") == {{"at": ["finished"], "msg": "the statement does not say when the run ended"}}

test_dated if {
	count(found("test", "2026-11-20T10:00:00Z")) == 0
	count(found("release", "")) == 0
}
