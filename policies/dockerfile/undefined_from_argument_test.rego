package policies.dockerfile.undefined_from_argument_test

import data.policies.dockerfile.undefined_from_argument

found(reason) := f if {
	f := undefined_from_argument.deny with input as {"undefined": [{"name": "X", "reason": reason}]}
}

test_from if found("from") == {{"at": ["undefined", 0], "msg": "no ARG before the first FROM declares X"}}

test_elsewhere if found("nowhere") == set()
