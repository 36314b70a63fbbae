# METADATA
# title: Database of advisories is too old
# description: >-
#   An audit finds what its database knows. What became public after the database changed last is missing
#   from it.
# related_resources:
#   - https://rustsec.org/
# custom:
#   severity: high
#   cwe: [1395]
#   equivalent: [cargo-deny:advisories/maximum-db-staleness]
#   non_negotiable: true
#   parameters:
#     max_age_days:
#       description: How long ago the database may have changed last, in days.
#       default: 7
#       stricter: lower
#   remediation: Run sallyport advisories update, or name a newer database with --advisories.
#   bad: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["hyper"]
#     [[package]]
#     name = "hyper"
#     version = "0.14.9"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-10-01"
#
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
#   good: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["hyper"]
#     [[package]]
#     name = "hyper"
#     version = "0.14.9"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-11-19"
#
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
package policies.cargo_lock.advisories_stale

import data.policies.lib.advisory

deny contains finding if {
	input.audit.done
	finding := advisory.outdated(input.audit.database, data.parameters.cargo_lock.advisories_stale.max_age_days)
}
