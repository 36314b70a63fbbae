# METADATA
# title: Program of the image has a crate that is unsound
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
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app"]}}
#     -- app.tar/1/app 0755 auditable --
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
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app"]}}
#     -- app.tar/1/app 0755 auditable --
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
package policies.image.crate_unsound

import data.policies.lib.advisory

deny contains advisory.image(i, hit, {input.config_digest, input.digest} | {digest | some digest in input.digests}) if {
	some i, hit in input.audit.hits
	hit.kind == "unsound"
}
