# METADATA
# title: Ignored advisory is about no locked package
# description: >-
#   The package was updated or has gone, and the entry would hide the same mistake if it came back.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/advisories/cfg.html
# custom:
#   severity: low
#   cwe: [1395]
#   equivalent: ["cargo-deny:advisories/advisory-not-detected", "cargo-deny:advisories/yanked-not-detected"]
#   remediation: Remove the entry.
#   bad: |
#     -- deny.toml --
#     [advisories]
#     ignore = [{ id = "RUSTSEC-2030-0001", reason = "not reachable" }]
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "hyper"
#     version = "0.14.10"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-11-19"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
#   good: |
#     -- deny.toml --
#     [advisories]
#     ignore = [{ id = "RUSTSEC-2030-0001", reason = "not reachable" }]
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "hyper"
#     version = "0.14.9"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     -- advisory-db/crates/hyper/RUSTSEC-2030-0001.md --
#     ```toml
#     [advisory]
#     id = "RUSTSEC-2030-0001"
#     package = "hyper"
#     date = "2026-11-19"
#     [versions]
#     patched = [">= 0.14.10"]
#     ```
#     # Something is wrong with hyper
package policies.project.ignore_unused

deny contains {"at": ["cargo_policy", i, "ignored", j], "msg": msg, "properties": {"advisory": ignored.advisory}} if {
	some i, policy in input.cargo_policy
	some j, ignored in policy.ignored
	judged(ignored)
	count({ignored.advisory, ignored.name} & hits) == 0
	count({name | some name in ignored.aliases} & hits) == 0
	msg := sprintf("%s is ignored, and no package of %s is affected", [ignored.name, concat(", ", locks)])
}

locks := [lock.path | some lock in input.cargo_lock]

# One that no database knows is told by a rule of its own.
judged(ignored) if {
	ignored.known
	count(locks) > 0
	every lock in input.cargo_lock { lock.audit.done }
}

judged(ignored) if {
	ignored.crate != ""
	count(locks) > 0
	every lock in input.cargo_lock { lock.audit.indexed }
}

# What is affected, by all names: those of the advisory, and of the version that was taken back.
hits contains name if {
	some hit in input.cargo_lock[_].audit.hits
	some name in array.concat([hit.advisory, hit.package, concat("@", [hit.package, hit.version])], hit.aliases)
}

hits contains name if {
	some hit in input.cargo_lock[_].audit.forks
	some name in array.concat([hit.advisory], hit.aliases)
}
