# METADATA
# title: Rust program without the list of its crates
# description: >-
#   Scanners find the vulnerable crates in a built program by the list that cargo auditable writes into it.
#   Without it they see a file and nothing in it. It costs some kilobytes.
# related_resources:
#   - https://github.com/rust-secure-code/cargo-auditable
# custom:
#   severity: low
#   cwe: [1059]
#   remediation: Build with cargo auditable build --release.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app/ledger"]}}
#     -- app.tar/1/app/ledger 0755 elf --
#     rustc version 1.95.0
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app/run.sh"]}}
#     -- app.tar/1/app/run.sh 0755 --
#     #!/bin/sh
#     # rustc version
package policies.image.not_auditable

deny contains {"at": ["program", "binary"], "msg": msg} if {
	input.program.binary.rust
	not input.program.binary.auditable
	msg := sprintf("%s was built by rustc and holds no list of its crates", [input.program.file])
}
