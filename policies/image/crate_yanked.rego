# METADATA
# title: Program of the image has a crate in a version that was yanked
# description: >-
#   The publisher took this version back, often because of a mistake that is not public.
# related_resources:
#   - https://rustsec.org/
#   - https://github.com/rust-secure-code/cargo-auditable
# custom:
#   severity: medium
#   cwe: [1104, 1395]
#   equivalent: [cargo-audit:yanked]
#   remediation: Update the crate in Cargo.lock to a version that was not taken back, and build the program again.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app"]}}
#     -- app.tar/1/app 0755 auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.9", "source": "crates.io"}]}
#     -- registry-index/config.json --
#     {"dl": "https://static.crates.io/crates"}
#     -- registry-index/hy/pe/hyper --
#     {"name": "hyper", "vers": "0.14.9", "yanked": true}
#     {"name": "hyper", "vers": "0.14.10", "yanked": false}
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app"]}}
#     -- app.tar/1/app 0755 auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.10", "source": "crates.io"}]}
#     -- registry-index/config.json --
#     {"dl": "https://static.crates.io/crates"}
#     -- registry-index/hy/pe/hyper --
#     {"name": "hyper", "vers": "0.14.9", "yanked": true}
#     {"name": "hyper", "vers": "0.14.10", "yanked": false}
package policies.image.crate_yanked

import data.policies.lib.advisory

deny contains advisory.image(i, hit, {input.config_digest, input.digest} | {digest | some digest in input.digests}) if {
	some i, hit in input.audit.hits
	hit.kind == "yanked"
}
