package policies.workflow.toolchain_unknown_test

import data.policies.workflow.toolchain_unknown

toolchain := {"text": "dtolnay/rust-toolchain@master", "kind": "unknown", "pinned": false, "extra": false}

findings(change) := found if {
	found := toolchain_unknown.deny with input as {"toolchains": [object.union(toolchain, change)]}
}

test_unknown if {
	findings({}) == {{"at": ["toolchains", 0], "msg": "the toolchain of dtolnay/rust-toolchain@master cannot be told"}}
}

test_known if count(findings({"kind": "moving"})) == 0

test_digest if count(findings({"pinned": true})) == 0

test_beside_another if count(findings({"extra": true})) == 0
