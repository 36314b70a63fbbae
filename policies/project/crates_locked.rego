# METADATA
# title: Program was built of other crates than Cargo.lock says
# description: >-
#   The list of crates in the program names versions that the lock file of its workspace does not have. The audit of the
#   lock file, and every review of it, is about another program. What the lock file has beyond the list is no matter: crates
#   of tests, of other platforms and of features that are off.
# related_resources:
#   - https://github.com/rust-secure-code/cargo-auditable
#   - https://doc.rust-lang.org/cargo/commands/cargo-build.html#manifest-options
# custom:
#   severity: medium
#   cwe: [1357]
#   remediation: Build the program again from this lock file, with --locked.
#   bad: |
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
#     [[package]]
#     name = "only-in-tests"
#     version = "1.0.0"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "2222222222222222222222222222222222222222222222222222222222222222"
#     -- target/release/app auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.9", "source": "crates.io"}]}
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
#     [[package]]
#     name = "only-in-tests"
#     version = "1.0.0"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "2222222222222222222222222222222222222222222222222222222222222222"
#     -- target/release/app auditable --
#     {"packages": [{"name": "app", "version": "1.0.0", "source": "local", "root": true, "dependencies": [1]},
#       {"name": "hyper", "version": "0.14.10", "source": "crates.io"}]}
package policies.project.crates_locked

import data.policies.lib.crates

deny contains {"at": ["binary", b, "crates"], "msg": msg, "related": crates.places(l, wrong, packages)} if {
	some b, program in input.binary
	l := crates.lock(input.cargo_lock, program.crate)
	packages := input.cargo_lock[l].packages
	wrong := crates.others(program.crates, packages)
	count(wrong) > 0
	msg := sprintf("%s was built of other crates than %s has: %s", [program.path, input.cargo_lock[l].path, crates.text(wrong, packages)])
}

deny contains {"at": ["image", k, "program"], "msg": msg, "related": crates.places(l, wrong, packages)} if {
	some k, image in input.image
	program := image.program.binary
	l := crates.lock(input.cargo_lock, program.crate)
	packages := input.cargo_lock[l].packages
	wrong := crates.others(program.crates, packages)
	count(wrong) > 0
	msg := sprintf("%s of the image %s was built of other crates than %s has: %s", [image.program.file, image.name, input.cargo_lock[l].path, crates.text(wrong, packages)])
}
