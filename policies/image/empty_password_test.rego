package policies.image.empty_password_test

import data.policies.image.empty_password

test_empty if {
	found := empty_password.deny with input as {"files": {"accounts": {"passwordless": ["root"]}}}
	found == {{"at": ["files", "accounts", "passwordless", 0], "msg": "the account \"root\" has an empty password"}}
}
