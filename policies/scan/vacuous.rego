# METADATA
# title: Scan that looked at nothing
# description: >-
#   The report is clean because the scanner found nothing that it could judge: no package, no file of a
#   kind that it knows, or an empty advisory database.
# custom:
#   severity: high
#   cwe: [1395]
#   non_negotiable: true
#   remediation: Point the scanner at what is deployed, and check that the report names packages.
#   bad: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": "2026-11-18T17:42:09+01:00"},
#       "lockfile": {"dependency-count": 0},
#       "settings": {"target_arch": [], "target_os": [], "severity": null, "ignore": [], "informational_warnings": ["unmaintained", "unsound", "notice"]},
#       "vulnerabilities": {"found": false, "count": 0, "list": []},
#       "warnings": {}
#     }
#   good: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": "2026-11-18T17:42:09+01:00"},
#       "lockfile": {"dependency-count": 185},
#       "settings": {"target_arch": [], "target_os": [], "severity": null, "ignore": [], "informational_warnings": ["unmaintained", "unsound", "notice"]},
#       "vulnerabilities": {"found": false, "count": 0, "list": []},
#       "warnings": {}
#     }
package policies.scan.vacuous

deny contains {"at": ["subject", "dependency_count"], "msg": msg} if {
	input.tool.name == "cargo-audit"
	input.subject.dependency_count == 0
	msg := "the report is about a lock file without packages"
}

deny contains {"at": ["database", "advisories"], "msg": msg} if {
	input.tool.name == "cargo-audit"
	input.database.known
	input.database.advisories == 0
	msg := "the advisory database of the scan was empty"
}

deny contains {"at": ["subject", "targets"], "msg": msg} if {
	input.subject.counted
	count(input.subject.targets) == 0
	msg := sprintf("the scan of %q recognised nothing that it could judge%s", [input.subject.name, advice])
}

advice := "; osv-scanner names what it looked at when run with --all-packages" if input.tool.name == "osv-scanner"

advice := "" if input.tool.name != "osv-scanner"
