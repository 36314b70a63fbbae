package policies.cargo_lock.fork_advisory_test

import data.policies.cargo_lock.fork_advisory
import data.policies.lib.advisory_test

found(hits) := deny if {
	deny := fork_advisory.deny with input as {"audit": {"forks": hits}}
}

test_bad if count(found([object.union(advisory_test.hit, {"kind": "fork_advisory"})])) == 1

test_good if {
	count(found([])) == 0
}
