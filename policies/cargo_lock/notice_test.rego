package policies.cargo_lock.notice_test

import data.policies.cargo_lock.notice
import data.policies.lib.advisory_test

found(hits) := deny if {
	deny := notice.deny with input as {"audit": {"hits": hits}}
}

test_bad if count(found([object.union(advisory_test.hit, {"kind": "notice"})])) == 1

test_good if {
	count(found([])) == 0
	count(found([object.union(advisory_test.hit, {"kind": "other"})])) == 0
}
