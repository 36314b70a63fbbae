package policies.cargo_policy.advisory_unknown_test

import data.policies.cargo_policy.advisory_unknown

findings(looked, change) := found if {
	ignored := object.union({"advisory": "RUSTSEC-2030-0010", "known": false}, change)
	found := advisory_unknown.deny with input as {"looked": looked, "ignored": [ignored]}
}

test_unknown if {
	findings(true, {}) == {{
		"at": ["ignored", 0],
		"msg": "the database has no advisory RUSTSEC-2030-0010",
		"properties": {"advisory": "RUSTSEC-2030-0010"},
	}}
}

test_known if count(findings(true, {"known": true})) == 0

test_no_database if count(findings(false, {})) == 0

test_crate if count(findings(true, {"advisory": ""})) == 0
