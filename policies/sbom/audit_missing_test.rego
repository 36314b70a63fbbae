package policies.sbom.audit_missing_test

import data.policies.sbom.audit_missing

found(done, packages) := deny if {
	deny := audit_missing.deny with input as {"audit": {"done": done}, "counts": {"packages": packages}}
}

test_bad if {
	found(false, 3) == {{
		"at": ["audit"],
		"msg": "without a database of advisories nothing compared the 3 packages of this bill with known vulnerabilities",
	}}
}

test_good if {
	count(found(true, 3)) == 0
	count(found(false, 0)) == 0
}
