package policies.scan.unfinished_test

import data.policies.scan.unfinished

test_failure if {
	found := unfinished.deny with input as {"tool": {"name": "clippy"}, "failures": [{"name": "build", "message": "no end"}]}
	found == {{"at": ["failures", 0], "msg": "clippy did not do all of its work: no end"}}
}

test_whole if {
	count(unfinished.deny) == 0 with input as {"tool": {"name": "clippy"}, "failures": []}
}
