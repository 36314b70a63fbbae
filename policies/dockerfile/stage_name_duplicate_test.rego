package policies.dockerfile.stage_name_duplicate_test

import data.policies.dockerfile.stage_name_duplicate

found(flag) := f if {
	f := stage_name_duplicate.deny with input as {"stages": [object.union({"alias": "build"}, {"duplicate": flag})]}
}

test_wrong if found(true) == {{"at": ["stages", 0, "alias"], "msg": "an earlier stage is called build too"}}

test_right if found(false) == set()
