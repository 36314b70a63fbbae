# METADATA
# title: Ignored advisory has no reason
# description: >-
#   Whoever reads the list later cannot tell whether the entry still holds, and keeps it. A comment on its line or above
#   it counts as a reason.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/advisories/cfg.html
# custom:
#   severity: low
#   cwe: [1395]
#   remediation: Write down why the advisory does not matter here, as reason or as a comment.
#   bad: |
#     [advisories]
#     ignore = ["RUSTSEC-2023-0071"]
#   good: |
#     [advisories]
#     ignore = [
#       "RUSTSEC-2023-0071", # the timing is not seen from outside
#       { id = "RUSTSEC-2024-0384", reason = "comes with a test alone" },
#     ]
package policies.cargo_policy.ignored_without_reason

deny contains {"at": ["ignored", i], "msg": msg, "properties": {"advisory": ignored.advisory}} if {
	some i, ignored in input.ignored
	ignored.reason == ""
	msg := sprintf("nothing says why %s is ignored", [ignored.name])
}
