package policies.receipt.tool_old_test

import data.policies.receipt.tool_old

found(version, comparable) := findings if {
	findings := tool_old.deny with input as {"tools": [{"name": "cargo", "version": version, "semver": comparable}]}
		with data.parameters.receipt.tool_old.minimum as {"cargo": "1.85.0"}
}

test_old if {
	found("1.70.0", true) == {{"at": ["tools", 0, "version"], "msg": "cargo is 1.70.0, and at least 1.85.0 is wanted"}}
	count(found("1.85.0-nightly", true)) == 1
}

test_new if {
	count(found("1.85.0", true)) == 0
	count(found("1.100.0", true)) == 0
}

test_unknown if {
	some finding in found("", false)
	startswith(finding.msg, `the version "" of cargo cannot be compared`)
}

test_not_asked if {
	tools := [{"name": "cargo", "version": "1.0.0", "semver": true}]
	deny := tool_old.deny with input as {"tools": tools} with data.parameters.receipt.tool_old.minimum as {}
	count(deny) == 0
}
