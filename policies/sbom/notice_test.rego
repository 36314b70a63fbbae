package policies.sbom.notice_test

import data.policies.lib.advisory_test
import data.policies.sbom.notice

found(kind) := deny if {
	deny := notice.deny with input as {"subject": {"image": true, "digests": ["sha256:d"]}, "audit": {"hits": [object.union(advisory_test.hit, {"kind": kind})]}}
}

test_bad if count(found("notice")) == 1

test_good if count(found("other")) == 0
