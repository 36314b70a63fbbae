package policies.receipt.dirty_test

import data.policies.receipt.dirty

found(dirty_tree, head) := findings if {
	findings := dirty.deny with input as {"source": {"dirty": dirty_tree, "head": head}}
}

test_dirty if {
	found(true, "4e06000fea8fb0d797e8b8395800766fa1d87d9e") == {{
		"at": ["source", "dirty"],
		"msg": "the run was made on changed files beside commit 4e06000fea8f",
	}}
}

test_no_commit if found(true, "") == {{"at": ["source", "dirty"], "msg": "the run was made on changed files, before any commit"}}

test_clean if count(found(false, "4e06000f")) == 0
