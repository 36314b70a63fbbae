# METADATA
# title: Toolchain file is not read
# description: >-
#   Where rust-toolchain and rust-toolchain.toml stand side by side, rustup reads the first and warns.
#   Whoever changes the version in the other file changes nothing.
# related_resources:
#   - https://rust-lang.github.io/rustup/overrides.html#the-toolchain-file
# custom:
#   severity: medium
#   cwe: [1109]
#   remediation: Keep one of the two files.
#   bad: |
#     -- rust-toolchain --
#     1.81.0
#     -- rust-toolchain.toml --
#     [toolchain]
#     channel = "1.82.0"
#   good: |
#     -- rust-toolchain --
#     1.82.0
#     -- tools/rust-toolchain.toml --
#     [toolchain]
#     channel = "1.82.0"
package policies.rust_toolchain.overridden

deny contains {"at": ["channel"], "msg": msg} if {
	input.overridden_by != ""
	msg := sprintf("rustup reads %s instead of this file", [input.overridden_by])
}
