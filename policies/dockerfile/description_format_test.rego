package policies.dockerfile.description_format_test

import data.policies.dockerfile.description_format

found(meant, all) := f if {
	f := description_format.deny with input as {"descriptions": [{"name": "version", "meant": meant}]}
		with data.parameters as {"dockerfile": {"description_format": {"all": all}}}
}

test_meant if {
	found(true, false) == {{"at": ["descriptions", 0], "msg": "the comment does not begin with \"version\" and a blank"}}
}

test_other if found(false, false) == set()

test_all if count(found(false, true)) == 1
