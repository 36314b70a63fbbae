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
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app"]}}
#     -- app.tar/1/app 0755 auditable --
#     {"packages": [{"name": "app"}]}
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app"]}}
#     -- app.tar/1/app 0755 auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.10", "source": "crates.io"}]}
package policies.image.unreadable_crates

deny contains {"at": ["program", "binary", "problem"], "msg": msg} if {
	input.program.binary.problem != ""
	msg := sprintf("%s: %s", [input.program.file, input.program.binary.problem])
}
