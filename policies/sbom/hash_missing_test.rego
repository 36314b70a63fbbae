package policies.sbom.hash_missing_test

import data.policies.sbom.hash_missing

found(gap) := deny if {
	deny := hash_missing.deny with input as {"unhashed": gap}
}

test_bad if found({"count": 1, "of": 9, "examples": [{"name": "hyper 1.6.0", "at": 4}]}) == {{
	"at": ["unhashed"], "msg": "1 of 9 packages are without a digest: hyper 1.6.0", "related": [["components", 4]],
}}

test_good if count(found({"count": 0, "of": 9, "examples": []})) == 0
