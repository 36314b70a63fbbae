package policies.receipt.tree_changed_test

import data.policies.receipt.tree_changed

found(changed) := findings if {
	findings := tree_changed.deny with input as {"source": {"changed": changed, "tree": "4b825dc642cb6eb9a060"}}
}

test_changed if found(true) == {{"at": ["source", "changed"], "msg": "the command changed files of tree 4b825dc642cb"}}

test_alike if count(found(false)) == 0
