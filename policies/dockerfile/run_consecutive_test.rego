package policies.dockerfile.run_consecutive_test

import data.policies.dockerfile.run_consecutive

one := {"follows": true, "commands": [{"program": "a"}]}

findings(stage, first, second) := found if {
	base := {"final": false, "base_of_final": false, "runs": [object.union(one, first), object.union(one, second)]}
	found := run_consecutive.deny with input as {"stages": [object.union(base, stage)]}
}

both := {{"at": ["stages", 0, "runs", 1], "msg": "this RUN and the one before hold one command each"}}

test_final if findings({"final": true}, {"follows": false}, {}) == both

test_base if findings({"base_of_final": true}, {"follows": false}, {}) == both

test_build_stage if findings({}, {"follows": false}, {}) == set()

test_apart if findings({"final": true}, {"follows": false}, {"follows": false}) == set()

test_chained if {
	two := {"commands": [{"program": "a"}, {"program": "b"}]}
	findings({"final": true}, object.union(two, {"follows": false}), {}) | findings({"final": true}, {"follows": false}, two) == set()
}
