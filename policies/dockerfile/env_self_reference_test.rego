package policies.dockerfile.env_self_reference_test

import data.policies.dockerfile.env_self_reference

test_uses if {
	found := env_self_reference.deny with input as {"stages": [{"self_references": [{"name": "B", "uses": "A"}]}]}
	found == {{"at": ["stages", 0, "self_references", 0], "msg": "B uses A, which the same ENV sets"}}
}

test_none if {
	found := env_self_reference.deny with input as {"stages": [{"self_references": []}]}
	found == set()
}
