package policies.receipt.unbound_test

import data.policies.receipt.unbound

found(tree, commit) := findings if {
	findings := unbound.deny with input as {"kind": "test", "subjects": [{"name": "ledger"}], "source": {"tree": tree, "commit": commit}}
}

test_unbound if {
	found("", "") == {{"at": ["subjects"], "msg": "the result is about ledger, and names neither a tree nor a commit"}}
}

test_bound if {
	count(found("4b82", "")) == 0
	count(found("", "4b82")) == 0
}
