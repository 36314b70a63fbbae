package policies.binary.fork_advisory_test

import data.policies.binary.fork_advisory
import data.policies.lib.advisory_test

found(forks) := deny if {
	deny := fork_advisory.deny with input as {"audit": {"hits": [advisory_test.hit], "forks": forks}}
}

test_bad if {
	some finding in found([advisory_test.hit])
	finding.at == ["audit", "forks", 0]
}

test_good if count(found([])) == 0
