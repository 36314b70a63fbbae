package policies.config.changed_test

import data.policies.config.changed

test_changed if {
	found := changed.deny with input as {"path": "sallyport.toml", "changed": true, "trusted_ref": "origin/main"}
	found == {{"at": ["changed"], "msg": "sallyport.toml differs from its version at origin/main"}}
}

test_unchanged if {
	found := changed.deny with input as {"path": "sallyport.toml", "changed": false, "trusted_ref": "origin/main"}
	count(found) == 0
}
