# METADATA
# title: Crate is locked in several versions
# description: >-
#   Each version is compiled and shipped; a repair has to reach all of them, and types of one are not those of the
#   other. Where the workspace itself asks for both, it can agree on one. Versions that dependencies bring along are
#   told for the crates that are configured.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/resolver.html
# custom:
#   severity: low
#   cwe: [1395]
#   equivalent: ["cargo-deny:bans/duplicate"]
#   parameters:
#     once:
#       description: Crates that may be there in one version only, whoever needs them; * stands for any text, so that "*" is all crates.
#       default: []
#     skip:
#       description: Versions that do not count, such as "windows-sys@0.52" or "windows*".
#       default: []
#     skip_tree:
#       description: Crates that do not count, and neither does what they depend on.
#       default: []
#   remediation: Move the requirements to one version, or update the crates that need the older one.
#   bad: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["rand 0.8.5", "sim"]
#     [[package]]
#     name = "rand"
#     version = "0.7.3"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     [[package]]
#     name = "rand"
#     version = "0.8.5"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "2222222222222222222222222222222222222222222222222222222222222222"
#     [[package]]
#     name = "sim"
#     version = "1.0.0"
#     dependencies = ["rand 0.7.3"]
#   good: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["syn 2.0.114", "old"]
#     [[package]]
#     name = "old"
#     version = "1.0.0"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     dependencies = ["syn 1.0.109"]
#     [[package]]
#     name = "syn"
#     version = "1.0.109"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     [[package]]
#     name = "syn"
#     version = "2.0.114"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "2222222222222222222222222222222222222222222222222222222222222222"
package policies.cargo_lock.duplicate_version

import data.policies.lib.crate

settings := data.parameters.cargo_lock.duplicate_version

deny contains finding if {
	some i, duplicate in input.duplicates
	wanted := [p | some p in duplicate.packages; counts(p, duplicate.name)]
	versions := {input.packages[p].version | some p in wanted}
	count(versions) > 1
	finding := {
		"at": ["duplicates", i],
		"msg": sprintf("%s is locked in %d versions: %s", [duplicate.name, count(versions), concat("; ", [way(input.packages[p]) | some p in wanted])]),
		"related": array.concat([["packages", p] | some p in wanted], lines(wanted)),
		"properties": {"package": duplicate.name},
	}
}

counts(p, name) if {
	judged(p, name)
	locked := input.packages[p]
	not skipped(locked)
	not p in beneath
}

judged(_, name) if {
	some pattern in settings.once
	glob.match(pattern, null, name)
}

judged(p, _) if {
	some parent in input.packages[p].parents
	input.packages[parent].kind == "path"
}

skipped(locked) if {
	some text in settings.skip
	crate.named(text, locked.name, locked.version)
}

# beneath are the packages of the trees that do not count.
beneath := graph.reachable({i: locked.dependencies | some i, locked in input.packages}, roots) if {
	count(settings.skip_tree) > 0
	roots := {i |
		some i, locked in input.packages
		some text in settings.skip_tree
		crate.named(text, locked.name, locked.version)
	}
} else := set()

way(locked) := sprintf("%s by %s", [locked.version, locked.chain])

lines(wanted) := [["requirements", r] | some p in wanted; some r in input.packages[p].pulled]
