# METADATA
# title: Program without a Cargo.lock
# description: >-
#   Without the lock file every build chooses the newest versions that the manifests allow: no two
#   builds are the same, and no audit can say what is in them.
# related_resources:
#   - https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html
# custom:
#   severity: high
#   cwe: [1357, 829]
#   non_negotiable: true
#   remediation: Commit the Cargo.lock that cargo writes.
#   bad: |
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     edition = "2021"
#     -- src/main.rs --
#     fn main() {}
#   good: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "ledger"
#     version = "1.4.0"
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     edition = "2021"
#     -- src/main.rs --
#     fn main() {}
package policies.project.lock_missing

deny contains {"at": ["cargo_manifest", at], "msg": msg} if {
	some lock, manifests in builders
	not lock in present
	at := min(object.get(roots, lock, manifests))
	program := min({name | some i in manifests; some name in input.cargo_manifest[i].package.binaries})
	msg := sprintf("%s is missing, which the program %q is built with", [lock, program])
}

present := {lock.path | some lock in input.cargo_lock}

# The manifests that build a program, by the lock file that they use; one outside of the tree is not ours.
builders[manifest.lock] contains i if {
	some i, manifest in input.cargo_manifest
	count(manifest.package.binaries) > 0
	not manifest.package.fuzz
	not startswith(manifest.lock, "..")
}

roots[manifest.lock] contains i if {
	some i, manifest in input.cargo_manifest
	manifest.workspace.root == manifest.path
}
