package policies.dockerfile.add_local_test

import data.policies.dockerfile.add_local

found(plain) := f if {
	f := add_local.deny with input as {"stages": [{"copies": [{"sources": ["a", "b"], "plain": plain}]}]}
}

test_plain if found(true) == {{"at": ["stages", 0, "copies", 0], "msg": "ADD copies a, b, which COPY does too"}}

test_archive if found(false) == set()
