package policies.cargo_lock.yanked_test

import data.policies.cargo_lock.yanked
import data.policies.lib.advisory_test

found(hits) := deny if {
	deny := yanked.deny with input as {"audit": {"hits": hits}}
}

test_bad if count(found([object.union(advisory_test.hit, {"kind": "yanked"})])) == 1

test_good if {
	count(found([])) == 0
	count(found([object.union(advisory_test.hit, {"kind": "other"})])) == 0
}
