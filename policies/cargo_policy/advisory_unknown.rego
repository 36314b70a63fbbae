# METADATA
# title: Ignored advisory is in no database
# description: >-
#   The entry has a mistake and ignores nothing, or ignores what will be called so one day. It is held against the
#   database that the run is given, also under the names that advisories have elsewhere.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/advisories/cfg.html
# custom:
#   severity: low
#   cwe: [1395]
#   equivalent: ["cargo-deny:advisories/unknown-advisory"]
#   remediation: Correct the name of the advisory, or remove the entry.
#   bad: |
#     -- .cargo/audit.toml --
#     [advisories]
#     ignore = ["RUSTSEC-2030-0010"]
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-11-19"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
#   good: |
#     -- .cargo/audit.toml --
#     [advisories]
#     ignore = ["RUSTSEC-2030-0001"]
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-11-19"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
package policies.cargo_policy.advisory_unknown

deny contains {"at": ["ignored", i], "msg": msg, "properties": {"advisory": ignored.advisory}} if {
	input.looked
	some i, ignored in input.ignored
	ignored.advisory != ""
	not ignored.known
	msg := sprintf("the database has no advisory %s", [ignored.advisory])
}
