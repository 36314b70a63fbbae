# METADATA
# title: Scan report that contradicts itself
# description: >-
#   The totals that the report states do not fit the vulnerabilities that it lists. Somebody has changed
#   the report, or it was not written to its end.
# custom:
#   severity: high
#   cwe: [345]
#   non_negotiable: true
#   remediation: Scan again and keep the report as the scanner writes it.
#   bad: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": "2026-11-18T17:42:09+01:00"},
#       "lockfile": {"dependency-count": 185},
#       "settings": {"target_arch": [], "target_os": [], "severity": null, "ignore": [], "informational_warnings": ["unmaintained", "unsound", "notice"]},
#       "vulnerabilities": {"found": false, "count": 3, "list": []},
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
package policies.scan.contradictory

deny contains {"at": ["counts"], "msg": msg} if {
	input.counts.contradictory
	msg := sprintf("the report states %d results (found: %v) and lists %d", [input.counts.vulnerabilities, input.counts.found, input.counts.listed])
}
