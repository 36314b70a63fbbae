package policies.dockerfile.stage_name_reserved_test

import data.policies.dockerfile.stage_name_reserved

found(flag) := f if {
	f := stage_name_reserved.deny with input as {"stages": [object.union({"alias": "scratch"}, {"reserved": flag})]}
}

test_wrong if found(true) == {{"at": ["stages", 0, "alias"], "msg": "the stage name scratch means something else"}}

test_right if found(false) == set()
