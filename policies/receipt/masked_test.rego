package policies.receipt.masked_test

import data.policies.receipt.masked

found(reasons) := findings if {
	findings := masked.deny with input as {"command": {"masked": reasons}}
}

test_masked if {
	found(["a failure of cargo test is let pass"]) == {{
		"at": ["command", "masked", 0],
		"msg": "the exit code proves nothing: a failure of cargo test is let pass",
	}}
}

test_plain if count(found([])) == 0
