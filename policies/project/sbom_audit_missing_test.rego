package policies.project.sbom_audit_missing_test

import data.policies.project.sbom_audit_missing

bill(done, packages) := {"audit": {"done": done}, "counts": {"packages": packages}}

found(bills, scans) := deny if {
	deny := sbom_audit_missing.deny with input as {"sbom": bills, "scan": scans}
}

test_bad if {
	found([bill(false, 3)], [{"concern": "secrets"}]) == {{
		"at": ["sbom", 0],
		"msg": "nothing in the tree compared the 3 packages of this bill with known vulnerabilities",
	}}
}

test_good if {
	count(found([bill(true, 3)], [])) == 0
	count(found([bill(false, 0)], [])) == 0
	count(found([bill(false, 3)], [{"concern": "vulnerabilities"}])) == 0
	count(found([], [])) == 0
}
