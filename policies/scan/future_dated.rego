# METADATA
# title: Scan report from the future
# description: >-
#   The report or its database carries a date that has not come yet. A wrong clock or a changed date
#   made it; either way its age cannot be relied on.
# custom:
#   severity: high
#   cwe: [367]
#   non_negotiable: true
#   remediation: Correct the clock of the machine that scans, and scan again.
#   bad: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": "2027-11-18T17:42:09+01:00"},
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
package policies.scan.future_dated

deny contains {"at": at, "msg": msg} if {
	some [at, date] in [[["created"], input.created], [["database", "updated"], input.database.updated]]
	date != ""

	# Clocks differ a little, and so do the time zones of those who set them.
	time.parse_rfc3339_ns(date) - time.now_ns() > (24 * 3600) * 1000000000
	msg := sprintf("the date %s lies in the future", [date])
}
