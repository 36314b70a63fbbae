# METADATA
# title: Setting of cargo-deny or cargo-audit lets problems through
# description: >-
#   The tool runs, its report is green, and part of what it could have said was switched off. Settings that the tool
#   has by itself, and lists of single crates, are not meant.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/cfg.html
# custom:
#   severity: medium
#   cwe: [693, 1395]
#   remediation: Remove the setting, or state single exceptions instead.
#   bad: |
#     [advisories]
#     yanked = "allow"
#     unmaintained = "none"
#   good: |
#     [advisories]
#     yanked = "deny"
#     unmaintained = "workspace"
#     [bans]
#     multiple-versions = "allow"
#     [sources]
#     unknown-git = "deny"
package policies.cargo_policy.loosened

deny contains {"at": ["loosened", i], "msg": msg} if {
	some i, setting in input.loosened
	msg := sprintf("%s is %q: %s", [setting.name, setting.value, setting.effect])
}
