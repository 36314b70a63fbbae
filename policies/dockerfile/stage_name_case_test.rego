package policies.dockerfile.stage_name_case_test

import data.policies.dockerfile.stage_name_case

found(alias) := f if {
	f := stage_name_case.deny with input as {"stages": [{"name": "build", "alias": alias}]}
}

test_upper if found("Build") == {{"at": ["stages", 0, "alias"], "msg": "the stage name Build is not in lower case"}}

test_lower if found("build") == set()
