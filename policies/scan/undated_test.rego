package policies.scan.undated_test

import data.policies.scan.undated

findings(created, updated) := found if {
	found := undated.deny with input as {"concern": "vulnerabilities", "created": created, "database": {"updated": updated}}
}

test_undated if count(findings("", "")) == 1

test_dated if {
	count(findings("2026-11-20T00:00:00Z", "")) == 0
	count(findings("", "2026-11-20T00:00:00Z")) == 0
}

test_lints if {
	count(undated.deny) == 0 with input as {"concern": "lints", "created": "", "database": {"updated": ""}}
}
