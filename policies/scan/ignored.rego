# METADATA
# title: Scanner was told to ignore a result
# description: >-
#   An entry of the scanner's own ignore list hides a result from everyone who reads the report, without
#   owner and end. A decision to accept a risk belongs into a waiver of the gate, which covers this
#   finding as well.
# custom:
#   severity: high
#   cwe: [1395]
#   equivalent: [cargo-deny:advisories/advisory-ignored, cargo-deny:advisories/yanked-ignored]
#   non_negotiable: true
#   remediation: Remove the entry from the scanner's ignore list, or cover it with a waiver in trusted configuration.
#   bad: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": "2026-11-18T17:42:09+01:00"},
#       "lockfile": {"dependency-count": 185},
#       "settings": {"target_arch": [], "target_os": [], "severity": null, "ignore": ["RUSTSEC-2023-0071"], "informational_warnings": ["unmaintained", "unsound", "notice"]},
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
package policies.scan.ignored

deny contains {"at": ["settings", "ignored", i], "msg": msg} if {
	some i, ignore in input.settings.ignored
	msg := sprintf("%s was told to ignore %s%s%s", [input.tool.name, ignore.id, about(ignore), reason(ignore)])
}

about(ignore) := sprintf(" in %s", [ignore.package]) if ignore.package != ""

about(ignore) := "" if ignore.package == ""

reason(ignore) := sprintf(" (%s)", [ignore.reason]) if ignore.reason != ""

reason(ignore) := "" if ignore.reason == ""
