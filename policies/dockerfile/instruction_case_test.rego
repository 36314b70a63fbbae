package policies.dockerfile.instruction_case_test

import data.policies.dockerfile.instruction_case

test_mixed if {
	found := instruction_case.deny with input as {"keywords": [{"name": "Copy", "want": "upper"}]}
	found == {{"at": ["keywords", 0], "msg": "Copy is not in upper case like most instructions"}}
}

test_same if {
	found := instruction_case.deny with input as {"keywords": []}
	found == set()
}
