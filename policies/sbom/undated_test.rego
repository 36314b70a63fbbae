package policies.sbom.undated_test

import data.policies.sbom.undated

found(facts) := deny if {
	deny := undated.deny with input as facts
}

test_bad if count(found({"created": "", "format": "spdx"})) == 1

test_good if {
	count(found({"created": "2026-11-18T17:42:09Z", "format": "spdx"})) == 0
	count(found({"created": "", "format": "syft"})) == 0
}
