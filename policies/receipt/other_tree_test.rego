package policies.receipt.other_tree_test

import data.policies.receipt.other_tree

found(source) := findings if {
	findings := other_tree.deny with input as {"kind": "test", "source": source}
}

says(source) := msg if {
	some finding in found(source)
	msg := finding.msg
}

test_tree if {
	says({"same": "no", "tree": "aaaa", "commit": "cccc", "judged": {"tree": "bbbb"}}) == "the run is about tree aaaa, and tree bbbb is judged"
}

test_commit if {
	judged := {"commit": "dddd", "dirty": false}
	says({"same": "no", "tree": "", "commit": "cccc", "judged": judged}) == "the run is about commit cccc, and commit dddd is judged"
}

test_changed if {
	judged := {"commit": "cccc", "dirty": true}
	endswith(says({"same": "no", "tree": "", "commit": "cccc", "judged": judged}), "a tree that differs from commit cccc is judged")
}

test_same if {
	count(found({"same": "yes"})) == 0
	count(found({"same": "unknown"})) == 0
}
