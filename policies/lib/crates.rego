# The crates of a program, held against the lock file that it should have been built with.
package policies.lib.crates

# lock is the index of the only lock file whose workspace has the package; with several nobody can tell.
lock(locks, name) := l if {
	name != ""
	found := {i | some i, file in locks; some p in file.packages; p.name == name; p.kind == "path"}
	count(found) == 1
	some l in found
}

# others are the crates that the lock file does not have in this version.
others(crates, packages) := {[c.name, c.version] | some c in crates; c.source != "local"} - {[p.name, p.version] | some p in packages}

# places are the packages of the lock file that have their names.
places(l, wrong, packages) := [["cargo_lock", l, "packages", i, "version"] |
	names := {pair[0] | some pair in wrong}
	some i, p in packages
	p.name in names
]

# text names the first of them, and what the lock file has in their place.
text(wrong, packages) := sprintf("%s%s", [concat(", ", shown), rest(count(wrong) - count(shown))]) if {
	shown := [one(pair, packages) | some pair in array.slice(sort(wrong), 0, 5)]
}

one(pair, packages) := sprintf("%s %s (not locked)", [pair[0], pair[1]]) if {
	count({p.version | some p in packages; p.name == pair[0]}) == 0
}

one(pair, packages) := sprintf("%s %s (locked: %s)", [pair[0], pair[1], concat(", ", have)]) if {
	have := sort({p.version | some p in packages; p.name == pair[0]})
	count(have) > 0
}

rest(n) := "" if n == 0

rest(n) := sprintf(" and %d more", [n]) if n > 0
