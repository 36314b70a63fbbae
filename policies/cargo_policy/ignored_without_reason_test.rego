package policies.cargo_policy.ignored_without_reason_test

import data.policies.cargo_policy.ignored_without_reason

findings(reason) := found if {
	found := ignored_without_reason.deny with input as {"ignored": [{"name": "RUSTSEC-2030-0001", "advisory": "RUSTSEC-2030-0001", "reason": reason}]}
}

test_without if {
	findings("") == {{
		"at": ["ignored", 0],
		"msg": "nothing says why RUSTSEC-2030-0001 is ignored",
		"properties": {"advisory": "RUSTSEC-2030-0001"},
	}}
}

test_with if count(findings("not reachable")) == 0
