package policies.dockerfile.from_as_case_test

import data.policies.dockerfile.from_as_case

found(flag) := f if {
	f := from_as_case.deny with input as {"stages": [{"name": "build", "as_case": flag}]}
}

test_mixed if found(true) == {{"at": ["stages", 0], "msg": "AS is not in the case of FROM at stage build"}}

test_same if found(false) == set()
