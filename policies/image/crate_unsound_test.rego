package policies.image.crate_unsound_test

import data.policies.image.crate_unsound
import data.policies.lib.advisory_test

found(kind) := deny if {
	deny := crate_unsound.deny with input as {"config_digest": "sha256:c", "digest": "", "digests": ["sha256:d"], "audit": {"hits": [object.union(advisory_test.hit, {"kind": kind})]}}
}

test_bad if count(found("unsound")) == 1

test_good if count(found("other")) == 0
