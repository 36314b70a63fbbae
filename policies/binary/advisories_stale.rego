# METADATA
# title: Database of advisories is too old for the program
# description: >-
#   An audit finds what its database knows. What became public after the database changed last is missing
#   from it.
# related_resources:
#   - https://rustsec.org/
#   - https://osv.dev/
# custom:
#   severity: high
#   cwe: [1395]
#   non_negotiable: true
#   parameters:
#     max_database_age_days:
#       description: How long ago the database may have changed last, in days.
#       default: 7
#       stricter: lower
#   remediation: Run sallyport advisories update, or name a newer database with --advisories.
#   bad: |
#     -- target/release/app auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.10", "source": "crates.io"}]}
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-10-01"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
#   good: |
#     -- target/release/app auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.10", "source": "crates.io"}]}
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
package policies.binary.advisories_stale

import data.policies.lib.advisory

deny contains finding if {
	input.audit.done
	count(input.crates) > 0
	finding := advisory.outdated(input.audit.database, data.parameters.binary.advisories_stale.max_database_age_days)
}
