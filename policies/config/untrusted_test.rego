package policies.config.untrusted_test

import data.policies.config.untrusted

test_refused if {
	found := untrusted.deny with input as {"refused": [{"name": "fail_on", "reason": "critical is looser than high"}]}
	found == {{"at": ["refused", 0], "msg": "fail_on has no effect: critical is looser than high"}}
}

test_nothing_refused if {
	found := untrusted.deny with input as {"refused": []}
	count(found) == 0
}
