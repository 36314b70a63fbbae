# METADATA
# title: Dependency that its authors gave up, took back or found unsound
# description: >-
#   Nobody will mend the next vulnerability of a package that is unmaintained; one that was yanked
#   should not be used by anyone, and one that is unsound lets safe code break memory safety.
# related_resources:
#   - https://rustsec.org/
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent:
#     - cargo-audit:unmaintained
#     - cargo-audit:unsound
#     - cargo-audit:yanked
#     - cargo-audit:notice
#     - cargo-deny:advisories/unmaintained
#     - cargo-deny:advisories/unsound
#     - cargo-deny:advisories/yanked
#     - cargo-deny:advisories/notice
#   remediation: Move to a package that is maintained, and away from yanked versions.
#   bad: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": "2026-11-18T17:42:09+01:00"},
#       "lockfile": {"dependency-count": 185},
#       "settings": {"target_arch": [], "target_os": [], "severity": null, "ignore": [], "informational_warnings": ["unmaintained", "unsound", "notice"]},
#       "vulnerabilities": {"found": false, "count": 0, "list": []},
#       "warnings": {"unmaintained": [
#         {"kind": "unmaintained", "advisory": {"id": "RUSTSEC-2024-0436", "package": "paste", "title": "paste - no longer maintained"},
#          "versions": {"patched": [], "unaffected": []}, "package": {"name": "paste", "version": "1.0.15"}}
#       ]}
#     }
#   good: |
#     {
#       "database": {"advisory-count": 1047, "last-commit": null, "last-updated": "2026-11-18T17:42:09+01:00"},
#       "lockfile": {"dependency-count": 185},
#       "settings": {"target_arch": [], "target_os": [], "severity": null, "ignore": [], "informational_warnings": ["unmaintained", "unsound", "notice"]},
#       "vulnerabilities": {"found": false, "count": 0, "list": []},
#       "warnings": {}
#     }
package policies.scan.warning

import data.policies.lib.evidence

judged_elsewhere := {"vulnerability", "misconfiguration", "secret", "license", "lint", "finding", "ban", "source"}

deny contains {"at": ["results", i], "msg": msg, "properties": evidence.properties(input, result)} if {
	some i, result in input.results
	not result.kind in judged_elsewhere
	msg := sprintf("%s %s is reported as %s%s", [result.package, result.version, result.kind, advisory(result)])
}

deny contains {"at": ["settings", "narrowed", i], "msg": msg} if {
	some i, setting in input.settings.narrowed
	setting.name == "informational_warnings"
	msg := "the report was made without warnings of unmaintained packages"
}

advisory(result) := sprintf(": %s (%s)", [result.title, result.id]) if result.id != ""

advisory(result) := "" if result.id == ""
