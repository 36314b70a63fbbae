# METADATA
# title: Cargo.lock is not that of the manifests
# description: >-
#   The lock file does not hold a package of the workspace, or what a manifest asks for. Cargo then chooses anew, or refuses
#   with --locked; an audit of this lock file is about another build.
# related_resources:
#   - https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html
# custom:
#   severity: high
#   cwe: [1357, 345]
#   non_negotiable: true
#   remediation: Run cargo metadata, which completes the lock file, and commit it; build with --locked.
#   bad: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "ledger"
#     version = "1.4.0"
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     version = "1.4.0"
#     [dependencies]
#     hyper = "1"
#   good: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "hyper"
#     version = "1.7.0"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     [[package]]
#     name = "ledger"
#     version = "1.4.0"
#     dependencies = ["hyper"]
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     version = "1.4.1"
#     [dependencies]
#     web = { package = "hyper", version = "1.6", optional = true }
#     [dev-dependencies]
#     ledger = { path = ".", features = ["web"] }
package policies.project.lock_outdated

import data.policies.lib.requirement

deny contains {"at": ["cargo_manifest", i, "package"], "msg": msg, "related": [["cargo_lock", l]]} if {
	some l, is in members
	some i in is
	manifest := input.cargo_manifest[i]
	not held(manifest, l)
	msg := sprintf("%s does not hold the package %s, so it is not what the package is built with", [input.cargo_lock[l].path, manifest.package.name])
}

deny contains {"at": ["cargo_manifest", i, "dependencies", j], "msg": msg, "related": [["cargo_lock", l]]} if {
	some l, is in members
	some i in is
	manifest := input.cargo_manifest[i]
	held(manifest, l)
	some j, wanted in manifest.dependencies
	wanted.kind in {"normal", "dev", "build"}
	not wanted.unresolved
	wanted.package != manifest.package.name
	versions := {v | some [_, name, v] in needed[l][manifest.package.name]; name == requirement.spelled(wanted.package)}
	not requirement.fits(wanted, versions)
	msg := sprintf("%s asks for %s, and %s has %s", [manifest.package.name, trim_space(concat(" ", [wanted.package, wanted.req])), input.cargo_lock[l].path, requirement.said(versions)])
}

# members are the packages that a lock file is for. What merely lies below a workspace, such as an example for a test, is none.
members[l] contains i if {
	at := {lock.path: l | some l, lock in input.cargo_lock}
	some i, manifest in input.cargo_manifest
	manifest.package.present
	not manifest.package.vendored
	l := at[manifest.lock]
	member(manifest)
}

member(manifest) if manifest.workspace.root == manifest.path

member(manifest) if {
	some pattern in patterns[manifest.workspace.root]
	glob.match(pattern, ["/"], trim_suffix(manifest.path, "/Cargo.toml"))
}

patterns[root.path] contains concat("", [trim_suffix(root.path, "Cargo.toml"), trim_right(trim_prefix(pattern, "./"), "/")]) if {
	some root in input.cargo_manifest
	some pattern in root.workspace.members
}

held(manifest, l) if manifest.package.name in names[l]

names[l] contains lock.packages[r].name if {
	some l, lock in input.cargo_lock
	some r in lock.roots
}

# needed are the packages that a package of the workspace is locked with, by their names and versions.
needed[l][lock.packages[r].name] contains [d, requirement.spelled(lock.packages[d].name), lock.packages[d].version] if {
	some l, lock in input.cargo_lock
	some r in lock.roots
	some d in lock.packages[r].dependencies
}
