# METADATA
# title: Locked package is unsound
# description: >-
#   Safe code that uses the package can break the guarantees of Rust: memory may be read or written where it
#   must not be. RustSec keeps such packages apart from vulnerabilities, because not every use does harm.
# related_resources:
#   - https://rustsec.org/
# custom:
#   severity: medium
#   cwe: [1395, 119]
#   equivalent: [cargo-audit:unsound, cargo-deny:advisories/unsound]
#   remediation: Update the package to a version that is sound, or replace it.
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
#     informational = "unsound"
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
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-11-19"
#     informational = "unsound"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
package policies.cargo_lock.unsound

import data.policies.lib.advisory

deny contains advisory.finding("hits", i, hit) if {
	some i, hit in input.audit.hits
	hit.kind == "unsound"
}
