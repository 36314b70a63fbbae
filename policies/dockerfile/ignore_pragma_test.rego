package policies.dockerfile.ignore_pragma_test

import data.policies.dockerfile.ignore_pragma

test_pragma if {
	found := ignore_pragma.deny with input as {"pragmas": [{"tool": "hadolint", "text": "hadolint ignore=DL3003"}]}
	found == {{"at": ["pragmas", 0], "msg": "the comment silences hadolint: hadolint ignore=DL3003"}}
}

test_none if count(ignore_pragma.deny) == 0 with input as {"pragmas": []}
