package policies.binary.unsound_test

import data.policies.binary.unsound
import data.policies.lib.advisory_test

found(kind) := deny if {
	deny := unsound.deny with input as {"audit": {"hits": [object.union(advisory_test.hit, {"kind": kind})]}}
}

test_bad if count(found("unsound")) == 1

test_good if count(found("other")) == 0
