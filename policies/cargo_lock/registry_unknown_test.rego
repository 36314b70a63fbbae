package policies.cargo_lock.registry_unknown_test

import data.policies.cargo_lock.registry_unknown

source := {"kind": "registry", "url": "https://elsewhere.example/index", "repository": "elsewhere.example/index", "crates_io": false}

packages(n) := [{"name": sprintf("crate-%d", [i]), "source": "s", "pulled": [0]} | some i in numbers.range(1, n)]

findings(change, allow, n) := found if {
	found := registry_unknown.deny with input as {"sources": {"s": object.union(source, change)}, "packages": packages(n)}
		with data.parameters.cargo_lock.registry_unknown.allow as allow
}

test_unknown if {
	findings({}, ["other.example/*"], 1) == {{
		"at": ["sources", "s"],
		"msg": "packages come from the registry https://elsewhere.example/index, which is not known: crate-1",
		"related": [["requirements", 0]],
		"properties": {"source": "s"},
	}}
}

test_many if {
	some finding in findings({}, [], 5)
	endswith(finding.msg, ": crate-1, crate-2, crate-3 and 2 more")
}

test_known if {
	count(findings({}, ["elsewhere.example/index"], 1)) == 0
	count(findings({}, ["https://elsewhere.example/index"], 1)) == 0
}

test_other_kind if count(findings({"kind": "path", "crates_io": true}, [], 1)) == 0

test_crates_io if count(findings({"kind": "registry", "crates_io": true}, [], 1)) == 0
