# METADATA
# title: Program has a crate that is unsound
# description: >-
#   Safe Rust that calls the crate can corrupt memory, by an advisory about this very version.
# related_resources:
#   - https://rustsec.org/
#   - https://github.com/rust-secure-code/cargo-auditable
# custom:
#   severity: medium
#   cwe: [1395, 119]
#   equivalent: [cargo-audit:unsound]
#   remediation: Update the crate in Cargo.lock or replace it, and build the program again.
#   bad: |
#     -- target/release/app auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.9", "source": "crates.io"}]}
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
#     -- target/release/app auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.10", "source": "crates.io"}]}
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
package policies.binary.unsound

import data.policies.lib.advisory

deny contains advisory.finding("hits", i, hit) if {
	some i, hit in input.audit.hits
	hit.kind == "unsound"
}
