package policies.cargo_lock.crate_not_allowed_test

import data.policies.cargo_lock.crate_not_allowed

packages := [
	{"name": "app", "version": "1.0.0", "kind": "path", "chain": "app", "pulled": []},
	{"name": "serde", "version": "1.0.1", "kind": "registry", "chain": "app > serde", "pulled": [0]},
]

findings(crates) := found if {
	found := crate_not_allowed.deny with input as {"packages": packages}
		with data.parameters.cargo_lock.crate_not_allowed.crates as crates
}

test_nothing_configured if count(findings([])) == 0

test_not_allowed if {
	findings(["tokio", "serde@2"]) == {{
		"at": ["packages", 1],
		"msg": "serde 1.0.1 is not among the allowed crates; it comes by app > serde",
		"related": [["requirements", 0]],
		"properties": {"package": "serde", "version": "1.0.1"},
	}}
}

test_allowed if count(findings(["serde"])) == 0
