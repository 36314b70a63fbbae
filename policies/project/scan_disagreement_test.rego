package policies.project.scan_disagreement_test

import data.policies.project.scan_disagreement

result := {"kind": "vulnerability", "status": "affected", "id": "CVE-1", "package": "time", "version": "0.1.43", "subject": "Cargo.lock"}

scan(tool, created, updated, results) := {
	"tool": {"name": tool}, "concern": "vulnerabilities", "created": created, "database": {"updated": updated}, "failures": [],
	"subject": {"targets": [{"subject": ""}, {"subject": "Cargo.lock"}]}, "results": results, "settings": {"ignored": []},
}

findings(scans) := found if found := scan_disagreement.deny with input as {"scan": scans}

test_disagreement if {
	findings([scan("trivy", "2026-11-18", "", [result]), scan("cargo-audit", "", "2026-11-19", [])]) == {{
		"at": ["scan", 0, "results", 0], "related": [["scan", 1, "subject", "targets", 1]],
		"msg": "trivy reports CVE-1 in time 0.1.43, and cargo-audit of 2026-11-19 does not",
	}}
}

test_agreement if {
	count(findings([scan("trivy", "2026-11-18", "", [result]), scan("cargo-audit", "", "2026-11-19", [result])])) == 0
}

test_ignored if {
	told := object.union(scan("cargo-audit", "", "2026-11-19", []), {"settings": {"ignored": [{"package": "time@0.1.43"}]}})
	count(findings([scan("trivy", "2026-11-18", "", [result]), told])) == 0
}

test_older if count(findings([scan("trivy", "2026-11-18", "", [result]), scan("cargo-audit", "", "2026-11-17", [])])) == 0

test_undated if count(findings([scan("trivy", "2026-11-18", "", [result]), scan("osv-scanner", "", "", [])])) == 0

test_same_tool if count(findings([scan("trivy", "2026-11-18", "", [result]), scan("trivy", "2026-11-19", "", [])])) == 0

test_other_subject if {
	other := object.union(result, {"subject": "b/Cargo.lock"})
	count(findings([scan("trivy", "2026-11-18", "", [other]), scan("cargo-audit", "", "2026-11-19", [])])) == 0
}
