package policies.cargo_lock.unmaintained_test

import data.policies.cargo_lock.unmaintained
import data.policies.lib.advisory_test

found(hits) := deny if {
	deny := unmaintained.deny with input as {"audit": {"hits": hits}}
}

test_bad if count(found([object.union(advisory_test.hit, {"kind": "unmaintained"})])) == 1

test_good if {
	count(found([])) == 0
	count(found([object.union(advisory_test.hit, {"kind": "other"})])) == 0
}
