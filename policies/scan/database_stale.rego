# METADATA
# title: Advisory database of a scan is too old
# description: >-
#   A scanner finds what its database knows. cargo audit writes no date of its own into a report, so
#   there the date of the database also bounds the age of the report: it cannot be younger.
# custom:
#   severity: high
#   cwe: [1395]
#   non_negotiable: true
#   parameters:
#     max_age_days:
#       description: How old the database may be, in days; for a report without a date, how old the report may be.
#       default: 7
#       stricter: lower
#   remediation: Update the advisory database, scan again and replace the report.
#   bad: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": "2026-10-01T17:42:09+01:00"},
#       "lockfile": {"dependency-count": 185},
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
package policies.scan.database_stale

deny contains {"at": ["database", "updated"], "msg": msg} if {
	input.database.updated != ""
	age := time.now_ns() - time.parse_rfc3339_ns(input.database.updated)
	limit := data.parameters.scan.database_stale.max_age_days
	age > ((limit * 24) * 3600) * 1000000000
	days := floor(age / ((24 * 3600) * 1000000000))
	msg := sprintf("the advisory database of %s is %d days old; at most %v are allowed%s", [input.database.updated, days, limit, report])
}

report := ", and the report may be as old as that" if input.created == ""

report := "" if input.created != ""
