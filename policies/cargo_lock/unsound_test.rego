package policies.cargo_lock.unsound_test

import data.policies.cargo_lock.unsound
import data.policies.lib.advisory_test

found(hits) := deny if {
	deny := unsound.deny with input as {"audit": {"hits": hits}}
}

test_bad if count(found([object.union(advisory_test.hit, {"kind": "unsound"})])) == 1

test_good if {
	count(found([])) == 0
	count(found([object.union(advisory_test.hit, {"kind": "other"})])) == 0
}
