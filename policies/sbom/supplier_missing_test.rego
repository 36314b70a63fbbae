package policies.sbom.supplier_missing_test

import data.policies.sbom.supplier_missing

found(missing) := deny if {
	deny := supplier_missing.deny with input as {"ntia": {"missing": missing}}
}

test_bad if found([{"name": "supplier", "count": 1, "of": 9, "examples": [{"name": "hyper 1.6.0", "at": 4}]}]) == {{
	"at": ["ntia", "missing", 0], "msg": "1 of 9 packages are without a supplier: hyper 1.6.0", "related": [["components", 4]],
}}

test_good if {
	count(found([])) == 0
	count(found([{"name": "version", "count": 1, "of": 9, "examples": []}])) == 0
}
