package policies.binary.notice_test

import data.policies.binary.notice
import data.policies.lib.advisory_test

found(kind) := deny if {
	deny := notice.deny with input as {"audit": {"hits": [object.union(advisory_test.hit, {"kind": kind})]}}
}

test_bad if count(found("notice")) == 1

test_good if count(found("other")) == 0
