package policies.sbom.index_incomplete_test

import data.policies.sbom.index_incomplete

found(count, names) := deny if {
	deny := index_incomplete.deny with input as {"audit": {"unlisted_count": count, "unlisted": names}}
}

test_bad if {
	some f in found(2, ["a 1.0.0", "b 2.0.0"])
	endswith(f.msg, "2 of the crates: a 1.0.0, b 2.0.0")
}

test_good if count(found(0, [])) == 0
