package policies.sbom.minimum_elements_test

import data.policies.sbom.minimum_elements

found(missing) := deny if {
	deny := minimum_elements.deny with input as {"ntia": {"missing": missing}}
}

test_component if found([{"name": "version", "count": 2, "of": 9, "examples": [{"name": "hyper", "at": 4}, {"name": "h2", "at": 5}]}]) == {{
	"at": ["ntia", "missing", 0], "msg": "2 of 9 packages are without a version: hyper, h2",
	"related": [["components", 4], ["components", 5]],
}}

test_document if found([{"name": "author", "count": 1, "of": 1, "examples": []}]) == {{
	"at": ["ntia", "missing", 0], "msg": "the document does not have an author or tool", "related": [],
}}

test_rules_of_their_own if {
	count(found([])) == 0
	count(found([{"name": "timestamp", "count": 1, "of": 1, "examples": []}, {"name": "supplier", "count": 1, "of": 1, "examples": []}])) == 0
}
