package policies.sbom.dangling_reference_test

import data.policies.sbom.dangling_reference

found(graph) := deny if {
	deny := dangling_reference.deny with input as {"graph": graph}
}

test_bad if found({"dangling": ["h2"], "dangling_count": 1}) == {{
	"at": ["graph"], "msg": "relationships name 1 components that are not listed: h2",
}}

test_good if count(found({"dangling": [], "dangling_count": 0})) == 0
