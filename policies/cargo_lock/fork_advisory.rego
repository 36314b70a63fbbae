# METADATA
# title: Package from elsewhere has the name and version of an affected one
# description: >-
#   An advisory is about the package of this name and version on crates.io. This one comes from a git
#   repository or another registry. It may be a fork with the same mistake, or another package altogether,
#   and nothing here can tell which.
# related_resources:
#   - https://rustsec.org/
# custom:
#   severity: low
#   cwe: [1395]
#   remediation: Look whether the source has the mistake, and name a commit that has it repaired.
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
#     source = "git+https://example.org/hyper?rev=0123456#0123456789012345678901234567890123456789"
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
#   good: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["hyper"]
#     [[package]]
#     name = "hyper"
#     version = "0.14.10"
#     source = "git+https://example.org/hyper?rev=0123456#0123456789012345678901234567890123456789"
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
package policies.cargo_lock.fork_advisory

import data.policies.lib.advisory

deny contains advisory.finding("forks", i, hit) if some i, hit in input.audit.forks
