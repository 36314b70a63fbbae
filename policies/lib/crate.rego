# Which crates a text of the configuration names: "openssl", "windows-*", "openssl@<1", "rand@0.7.3".
package policies.lib.crate

# named holds for a crate and its version. A requirement behind @ means what it means in Cargo.toml, but for
# pre-releases, which lie just below their release. One that cannot be read is an error of the evaluation.
named(text, name, version) if {
	glob.match(split(text, "@")[0], null, name)
	admitted(text, version)
}

admitted(text, _) if not contains(text, "@")

admitted(text, version) if {
	contains(text, "@")
	requirement := concat("@", array.slice(split(text, "@"), 1, count(text)))
	exact := tuple(version)
	every comparator in split(requirement, ",") {
		[low, high] := interval(comparator)
		low <= exact
		exact < high
	}
}

# tuple is a version as a list that compares as versions do.
tuple(version) := array.concat([to_number(part) | some part in split(core, ".")], [release]) if {
	plain := split(version, "+")[0]
	core := split(plain, "-")[0]
	release := 0 - count([1 | core != plain])
}

# interval is what one comparator lets through, from the lower end to below the upper one.
interval(comparator) := ends(operator, numbers(text)) if {
	operator := regex.find_n(`^\s*(?:[<>]=?|[=^~])?`, comparator, 1)[0]
	text := trim_space(substring(comparator, count(operator), -1))
}

# numbers are those that a comparator gives; a * gives none.
numbers(text) := [to_number(part) | some part in split(text, "."); not part in {"*", "x", "X", ""}] if not contains(text, "-")

numbers(text) := tuple(text) if contains(text, "-")

bottom := [-1]

top := [1e18]

ends(operator, given) := object.get(
	{
		">": [after(given), top], ">=": [low, top], "<": [bottom, low], "<=": [bottom, after(given)],
		"=": [low, after(given)], "~": [low, raised(given, min([1, count(given) - 1]))],
	},
	trim_space(operator), [low, raised(given, weight(given))],
) if {
	low := [part(given, i) | some i in [0, 1, 2, 3]]
}

# after is the first version that the numbers do not name.
after(given) := array.concat(array.slice(given, 0, 3), [part(given, 3) + 0.5]) if count(given) >= 3

after(given) := raised(given, count(given) - 1) if count(given) < 3

# weight is the number that must not change: the first that is not 0.
weight(given) := min([i | some i, n in array.slice(given, 0, 3); n > 0]) if sum(array.slice(given, 0, 3)) > 0

weight(given) := min([count(given), 3]) - 1 if sum(array.slice(given, 0, 3)) == 0

raised(_, at) := top if at < 0

raised(given, at) := [bumped(given, at, i) | some i in [0, 1, 2, 3]] if at >= 0

bumped(given, at, i) := part(given, i) if i < at

bumped(given, at, i) := part(given, i) + 1 if i == at

# The pre-releases of what follows are not let through either.
bumped(_, at, i) := object.get({3: -1}, i, 0) if i > at

part(given, i) := given[i] if i < count(given)

part(given, i) := 0 if i >= count(given)
