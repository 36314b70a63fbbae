package policies.dockerfile.legacy_key_value_test

import data.policies.dockerfile.legacy_key_value

test_legacy if {
	found := legacy_key_value.deny with input as {"stages": [{"legacy": [{"instruction": "env", "name": "LANG"}]}]}
	found == {{"at": ["stages", 0, "legacy", 0], "msg": "ENV LANG has no equals sign"}}
}

test_none if {
	found := legacy_key_value.deny with input as {"stages": [{"legacy": []}]}
	found == set()
}
