# METADATA
# title: List of crates in a program cannot be read
# description: >-
#   The program has the section that cargo auditable writes, and something else is in it. Nobody can tell which crates
#   the program was built of, and no audit of it says anything.
# related_resources:
#   - https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md
# custom:
#   severity: high
#   cwe: [1059]
#   remediation: Build the program again with cargo auditable build --release.
#   bad: |
#     -- target/release/app auditable --
#     {"packages": [{"name": "app"}]}
#   good: |
#     -- target/release/app auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.10", "source": "crates.io"}]}
package policies.binary.unreadable_crates

deny contains {"at": ["problem"], "msg": msg} if {
	input.problem != ""
	msg := sprintf("%s: %s", [input.path, input.problem])
}
