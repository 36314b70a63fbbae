# METADATA
# title: Scan looked at less than it could
# description: >-
#   The report was made with settings that keep vulnerabilities out of it: a lowest severity, one
#   platform, or one package. It cannot show that the others are not there.
# custom:
#   severity: high
#   cwe: [1395]
#   non_negotiable: true
#   remediation: Scan without the setting.
#   bad: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": "2026-11-18T17:42:09+01:00"},
#       "lockfile": {"dependency-count": 185},
#       "settings": {"target_arch": [], "target_os": [], "severity": "high", "ignore": [], "informational_warnings": ["unmaintained", "unsound", "notice"]},
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
package policies.scan.narrowed

deny contains {"at": ["settings", "narrowed", i], "msg": msg} if {
	some i, setting in input.settings.narrowed
	setting.name != "informational_warnings"
	msg := sprintf("the report leaves out vulnerabilities: %s is %s", [setting.name, setting.value])
}
