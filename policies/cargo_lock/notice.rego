# METADATA
# title: Notice about a locked package
# description: >-
#   RustSec has something to tell about the package that is no mistake of the code.
# related_resources:
#   - https://rustsec.org/
# custom:
#   severity: low
#   cwe: [1395]
#   equivalent: [cargo-audit:notice, cargo-deny:advisories/notice]
#   remediation: Read the notice and do what it says.
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
#     informational = "notice"
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
#     informational = "notice"
#     [versions]
#     patched = []
#     ```
#     # Something is wrong with other
package policies.cargo_lock.notice

import data.policies.lib.advisory

deny contains advisory.finding("hits", i, hit) if {
	some i, hit in input.audit.hits
	hit.kind == "notice"
}
