package policies.image.crate_fork_test

import data.policies.image.crate_fork
import data.policies.lib.advisory_test

found(forks) := deny if {
	deny := crate_fork.deny with input as {"config_digest": "sha256:c", "digest": "", "digests": ["sha256:d"], "audit": {"hits": [advisory_test.hit], "forks": forks}}
}

test_bad if {
	some finding in found([advisory_test.hit])
	finding.at == ["audit", "forks", 0]
	finding.properties.subject == "sha256:c,sha256:d"
}

test_good if count(found([])) == 0
