package policies.dockerfile.empty_continuation_test

import data.policies.dockerfile.empty_continuation

test_empty if {
	found := empty_continuation.deny with input as {"continuations": [{"instruction": "run"}]}
	found == {{"at": ["continuations", 0], "msg": "RUN goes on behind an empty line"}}
}

test_none if {
	found := empty_continuation.deny with input as {"continuations": []}
	found == set()
}
