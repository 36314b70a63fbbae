package policies.receipt.opaque_command_test

import data.policies.receipt.opaque_command

found(name, opaque, does) := findings if {
	findings := opaque_command.deny with input as {
		"name": name,
		"command": {"argv": ["make", "lint"], "opaque": opaque, "does": does},
	}
}

test_opaque if {
	found("clippy", true, []) == {{"at": ["command", "argv"], "msg": `"make lint" does not show that clippy ran`}}
}

test_shown if {
	count(found("clippy", true, ["clippy"])) == 0
	count(found("clippy", false, [])) == 0
	count(found("lint", true, [])) == 0
}
