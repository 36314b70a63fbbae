# METADATA
# title: Registry index does not hold all packages
# description: >-
#   Whether these versions were yanked cannot be told, because the copy of the index does not hold them. The copy
#   is older than the lock file, or it holds only what one machine has asked for.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/registry-index.html
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent: [cargo-deny:advisories/index-failure, cargo-deny:advisories/index-cache-load-failure]
#   remediation: Fetch the index again, and run cargo fetch before its folder is handed to the gate.
#   bad: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["hyper"]
#     [[package]]
#     name = "hyper"
#     version = "0.14.11"
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
package policies.cargo_lock.index_incomplete

deny contains {"at": ["packages"], "msg": msg} if {
	input.audit.unlisted_count > 0
	msg := sprintf("the registry index does not hold %d of the packages: %s", [input.audit.unlisted_count, concat(", ", input.audit.unlisted)])
}
