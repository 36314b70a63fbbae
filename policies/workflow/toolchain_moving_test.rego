package policies.workflow.toolchain_moving_test

import data.policies.workflow.toolchain_moving

toolchain := {"text": "dtolnay/rust-toolchain@stable", "channel": "stable", "kind": "moving", "pinned": false, "extra": false}

findings(change) := found if {
	found := toolchain_moving.deny with input as {"toolchains": [object.union(toolchain, change)]}
}

test_moving if {
	findings({}) == {{
		"at": ["toolchains", 0],
		"msg": "dtolnay/rust-toolchain@stable chooses the toolchain \"stable\", which moves",
	}}
}

test_exact if count(findings({"kind": "exact"})) == 0

test_digest if count(findings({"pinned": true})) == 0

test_beside_another if count(findings({"extra": true})) == 0
