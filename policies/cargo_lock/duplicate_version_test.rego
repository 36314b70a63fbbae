package policies.cargo_lock.duplicate_version_test

import data.policies.cargo_lock.duplicate_version

nothing := {"once": [], "skip": [], "skip_tree": []}

package_of(name, version, kind, parents, dependencies) := {
	"name": name, "version": version, "kind": kind, "parents": parents, "dependencies": dependencies,
	"chain": concat(" > ", ["app", name]), "pulled": [],
}

# app needs rand 0.8, and old, which needs rand 0.7.
indirect := [
	package_of("app", "1.0.0", "path", [], [1, 3]), object.union(package_of("rand", "0.8.5", "registry", [0], []), {"pulled": [0]}),
	package_of("rand", "0.7.3", "registry", [3], []), package_of("old", "1.0.0", "registry", [0], [2]),
]

findings(packages, change) := found if {
	found := duplicate_version.deny with input as {
		"packages": packages,
		"duplicates": [{"name": "rand", "packages": [1, 2]}],
	}
		with data.parameters.cargo_lock.duplicate_version as object.union(nothing, change)
}

test_indirect if count(findings(indirect, {})) == 0

test_every_crate if {
	findings(indirect, {"once": ["*"]}) == {{
		"at": ["duplicates", 0],
		"msg": "rand is locked in 2 versions: 0.8.5 by app > rand; 0.7.3 by app > rand",
		"related": [["packages", 1], ["packages", 2], ["requirements", 0]],
		"properties": {"package": "rand"},
	}}
}

test_direct if {
	direct := [indirect[0], indirect[1], package_of("rand", "0.7.3", "registry", [0, 3], []), indirect[3]]
	count(findings(direct, {})) == 1
	count(findings(direct, {"skip": ["rand@0.7"]})) == 0
	count(findings(direct, {"skip": ["rand@0.6"]})) == 1
	count(findings(direct, {"skip_tree": ["old"]})) == 0
	count(findings(direct, {"skip_tree": ["rand@0.6"]})) == 1
}

test_same_version if {
	fork := [indirect[0], indirect[1], package_of("rand", "0.8.5", "git", [0], []), indirect[3]]
	count(findings(fork, {})) == 0
}
