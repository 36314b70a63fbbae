package policies.scan.vacuous_test

import data.policies.scan.vacuous

report := {
	"tool": {"name": "cargo-audit"}, "database": {"known": true, "advisories": 1047},
	"subject": {"counted": true, "name": "ledger", "dependency_count": 185, "targets": [{"name": ""}]},
}

findings(change) := found if found := vacuous.deny with input as object.union(report, change)

test_no_packages if {
	findings({"subject": {"dependency_count": 0}}) == {{
		"at": ["subject", "dependency_count"],
		"msg": "the report is about a lock file without packages",
	}}
}

test_empty_database if {
	findings({"database": {"advisories": 0}}) == {{
		"at": ["database", "advisories"],
		"msg": "the advisory database of the scan was empty",
	}}
}

test_no_targets if {
	findings({"tool": {"name": "trivy"}, "database": {"known": false, "advisories": 0}, "subject": {"dependency_count": 0, "targets": []}}) == {{
		"at": ["subject", "targets"],
		"msg": "the scan of \"ledger\" recognised nothing that it could judge",
	}}
}

test_osv if {
	some finding in findings({"tool": {"name": "osv-scanner"}, "subject": {"targets": []}})
	endswith(finding.msg, "with --all-packages")
}

test_not_counted if count(findings({"tool": {"name": "gitleaks"}, "subject": {"counted": false, "targets": []}})) == 0

test_database_without_a_number if count(findings({"tool": {"name": "grype"}, "database": {"advisories": 0}})) == 0

test_something if count(findings({})) == 0
