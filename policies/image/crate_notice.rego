# METADATA
# title: Notice about a crate of the image's program
# description: >-
#   RustSec has something to tell about the crate that is no mistake of the code.
# related_resources:
#   - https://rustsec.org/
#   - https://github.com/rust-secure-code/cargo-auditable
# custom:
#   severity: low
#   cwe: [1395]
#   equivalent: [cargo-audit:notice]
#   remediation: Read the notice and do what it says.
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
#     informational = "notice"
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
#     informational = "notice"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
package policies.image.crate_notice

import data.policies.lib.advisory

deny contains advisory.image(i, hit, {input.config_digest, input.digest} | {digest | some digest in input.digests}) if {
	some i, hit in input.audit.hits
	hit.kind == "notice"
}
