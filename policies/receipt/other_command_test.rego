package policies.receipt.other_command_test

import data.policies.receipt.other_command

found(name, patch) := findings if {
	findings := other_command.deny with input as {
		"name": name,
		"command": object.union({"known": true, "argv": ["cargo", "check"], "does": ["check"], "opaque": false, "idle": false, "narrowed": []}, patch),
	}
}

test_other if {
	found("clippy", {}) == {{"at": ["command", "argv"], "msg": `"clippy" is the receipt of "cargo check", which does not run clippy`}}
}

test_form if {
	narrowed := [{"name": "cargo fmt", "reason": "formats, and does not check"}]
	found("fmt", {"argv": ["cargo", "fmt"], "does": [], "narrowed": narrowed}) == {{
		"at": ["command", "argv"],
		"msg": `"fmt" is the receipt of "cargo fmt": cargo fmt formats, and does not check`,
	}}
}

test_right if {
	count(found("clippy", {"does": ["check", "clippy"]})) == 0
	count(found("check", {})) == 0
	count(found("nightly", {})) == 0
	count(found("clippy", {"opaque": true})) == 0
	count(found("clippy", {"known": false})) == 0
}

test_idle if {
	found("smoke", {"argv": ["true"], "does": [], "idle": true}) == {{
		"at": ["command", "argv"], "msg": `"smoke" is the receipt of "true", which succeeds whatever the files are`,
	}}
	count(found("smoke", {"argv": ["test", "-f", "x"], "does": []})) == 0
}
