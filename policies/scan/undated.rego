# METADATA
# title: Scan report whose age cannot be told
# description: >-
#   Neither the report nor its advisory database has a date. cargo audit leaves the date out where it
#   was given a database that is no git checkout. The time stamp of the file proves nothing: a checkout
#   sets it anew.
# custom:
#   severity: high
#   cwe: [1395]
#   non_negotiable: true
#   remediation: Let cargo audit fetch its database itself, or scan with a tool that writes dates into its report.
#   bad: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": null},
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
package policies.scan.undated

deny contains {"at": ["database", "updated"], "msg": msg} if {
	input.concern == "vulnerabilities"
	input.created == ""
	input.database.updated == ""
	msg := "neither the report nor its advisory database has a date, so its age cannot be told"
}
