# Which Cargo.lock a bill of materials is about.
package policies.lib.sbom

# about holds where the bill names a member of the workspace, or where it can only be this lock file: there is no other,
# and it has most of the crates that the bill lists.
about(sbom, lock, _) if {
	count(sbom.crates) > 0
	named(sbom, lock)
}

about(sbom, lock, locks) if {
	count(sbom.crates) > 0
	count(locks) == 1
	not named(sbom, lock)
	listed := crates(sbom)
	2 * count(listed - packages(lock)) < count(listed)
}

named(sbom, lock) if sbom.subject.name in {lock.packages[r].name | some r in lock.roots}

named(sbom, lock) if count(crates(sbom) & {[p.name, p.version] | some r in lock.roots; p := lock.packages[r]}) > 0

crates(sbom) := {[crate.name, crate.version] | some crate in sbom.crates}

packages(lock) := {[p.name, p.version] | some p in lock.packages}
