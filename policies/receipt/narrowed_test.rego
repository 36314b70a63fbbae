package policies.receipt.narrowed_test

import data.policies.receipt.narrowed

found(does, opaque) := findings if {
	findings := narrowed.deny with input as {
		"name": "clippy",
		"command": {"does": does, "opaque": opaque, "narrowed": [{"name": "-A warnings", "reason": "allows or caps lints"}]},
	}
}

test_narrowed if found(["clippy"], false) == {{"at": ["command", "narrowed", 0], "msg": "-A warnings allows or caps lints"}}

test_opaque if count(found([], true)) == 1

test_elsewhere if count(found([], false)) == 0

test_part if {
	word := {"name": "-p api", "reason": "looks at a part alone"}
	command := {"does": ["test"], "opaque": false, "narrowed": [word]}
	count(narrowed.deny) == 1 with input as {"name": "test", "command": command}
	count(narrowed.deny) == 0 with input as {"name": "test-api", "command": command}
}
