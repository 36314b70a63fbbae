package policies.image.duplicate_account_test

import data.policies.image.duplicate_account

test_duplicate if {
	found := duplicate_account.deny with input as {"files": {"accounts": {"duplicates": [{"name": "uid 0", "members": ["root", "toor"]}]}}}
	found == {{"at": ["files", "accounts", "duplicates", 0], "msg": "uid 0 is not unique: root, toor"}}
}
