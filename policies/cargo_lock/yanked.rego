# METADATA
# title: Locked version was yanked
# description: >-
#   The publisher took this version back, often because of a mistake that is not public. Cargo keeps using a
#   yanked version that a lock file names, and nobody else gets it any more.
# related_resources:
#   - https://doc.rust-lang.org/cargo/commands/cargo-yank.html
# custom:
#   severity: medium
#   cwe: [1104, 1395]
#   equivalent: [cargo-audit:yanked, cargo-deny:advisories/yanked]
#   remediation: Update the package with cargo update -p to a version that was not taken back.
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
#     -- registry-index/config.json --
#     {"dl": "https://static.crates.io/crates"}
#     -- registry-index/hy/pe/hyper --
#     {"name": "hyper", "vers": "0.14.9", "yanked": true}
#     {"name": "hyper", "vers": "0.14.10", "yanked": false}
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
#     -- registry-index/config.json --
#     {"dl": "https://static.crates.io/crates"}
#     -- registry-index/hy/pe/hyper --
#     {"name": "hyper", "vers": "0.14.9", "yanked": true}
#     {"name": "hyper", "vers": "0.14.10", "yanked": false}
package policies.cargo_lock.yanked

import data.policies.lib.advisory

deny contains advisory.finding("hits", i, hit) if {
	some i, hit in input.audit.hits
	hit.kind == "yanked"
}
