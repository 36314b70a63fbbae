package policies.dockerfile.overridden_test

import data.policies.dockerfile.overridden

test_overridden if {
	found := overridden.deny with input as {"stages": [{"overridden": [{"instruction": "cmd"}]}]}
	found == {{"at": ["stages", 0, "overridden", 0], "msg": "a later CMD of the stage replaces this one"}}
}

test_none if {
	found := overridden.deny with input as {"stages": [{"overridden": []}]}
	found == set()
}
