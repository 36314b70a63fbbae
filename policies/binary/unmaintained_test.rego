package policies.binary.unmaintained_test

import data.policies.binary.unmaintained
import data.policies.lib.advisory_test

found(kind) := deny if {
	deny := unmaintained.deny with input as {"audit": {"hits": [object.union(advisory_test.hit, {"kind": kind})]}}
}

test_bad if count(found("unmaintained")) == 1

test_good if count(found("other")) == 0
