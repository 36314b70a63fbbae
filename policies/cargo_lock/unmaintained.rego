# METADATA
# title: Locked package is no longer maintained
# description: >-
#   Nobody will repair the next mistake that is found in the package. The advisory mostly names what to use
#   instead.
# related_resources:
#   - https://rustsec.org/
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent: [cargo-audit:unmaintained, cargo-deny:advisories/unmaintained]
#   remediation: Replace the package by one that is maintained.
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
#     date = "2026-11-19"
#     informational = "unmaintained"
#     [versions]
#     patched = []
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
#     -- advisory-db/crates/other/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "other"
#     date = "2026-11-19"
#     informational = "unmaintained"
#     [versions]
#     patched = []
#     ```
#     # Something is wrong with other
package policies.cargo_lock.unmaintained

import data.policies.lib.advisory

deny contains advisory.finding("hits", i, hit) if {
	some i, hit in input.audit.hits
	hit.kind == "unmaintained"
}
