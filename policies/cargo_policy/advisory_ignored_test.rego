package policies.cargo_policy.advisory_ignored_test

import data.policies.cargo_policy.advisory_ignored

findings(ignored) := found if {
	found := advisory_ignored.deny with input as {"tool": "cargo-deny", "ignored": [ignored]}
}

test_known if {
	findings({
		"name": "CVE-2030-1", "advisory": "CVE-2030-1", "aliases": ["RUSTSEC-2030-0001"],
		"crate": "", "package": "hyper", "reason": "not reachable",
	}) == {{
		"at": ["ignored", 0],
		"msg": "cargo-deny is told to ignore CVE-2030-1 in hyper (not reachable)",
		"properties": {"advisory": "CVE-2030-1", "aliases": "RUSTSEC-2030-0001", "package": "hyper"},
	}}
}

test_crate if {
	findings({"name": "time@0.1", "advisory": "", "aliases": [], "crate": "time@0.1", "package": "", "reason": ""}) == {{
		"at": ["ignored", 0],
		"msg": "cargo-deny is told to ignore time@0.1",
		"properties": {"advisory": "", "aliases": "", "package": "time"},
	}}
}

test_nothing if {
	found := advisory_ignored.deny with input as {"tool": "cargo-deny", "ignored": []}
	count(found) == 0
}
