# METADATA
# title: Locked crate is not among the allowed ones
# description: >-
#   Where only reviewed crates may be used, any other is code that nobody has looked at. Without a configured list, no
#   crate is judged.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/bans/cfg.html
# custom:
#   severity: high
#   cwe: [1104, 1357]
#   equivalent: ["cargo-deny:bans/not-allowed"]
#   parameters:
#     crates:
#       description: Crates that may be locked besides the workspace's own; "serde", "tokio*", or with a requirement as in Cargo.toml, "time@0.3".
#       default: []
#       example: ["serde*"]
#   remediation: Have the crate reviewed and add it to the list, or do without it.
#   bad: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["leftpad"]
#     [[package]]
#     name = "leftpad"
#     version = "1.0.0"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#   good: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["serde"]
#     [[package]]
#     name = "serde"
#     version = "1.0.228"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     dependencies = ["serde_core"]
#     [[package]]
#     name = "serde_core"
#     version = "1.0.228"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
package policies.cargo_lock.crate_not_allowed

import data.policies.lib.crate

deny contains finding if {
	allowed := data.parameters.cargo_lock.crate_not_allowed.crates
	count(allowed) > 0
	some i, locked in input.packages
	locked.kind != "path"
	not fits(locked, allowed)
	finding := {
		"at": ["packages", i],
		"msg": sprintf("%s %s is not among the allowed crates; it comes by %s", [locked.name, locked.version, locked.chain]),
		"related": [["requirements", r] | some r in locked.pulled],
		"properties": {"package": locked.name, "version": locked.version},
	}
}

fits(locked, allowed) if {
	some text in allowed
	crate.named(text, locked.name, locked.version)
}
