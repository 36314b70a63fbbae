package policies.project.receipt_missing_test

import data.policies.project.receipt_missing

found(required, names) := findings if {
	findings := receipt_missing.deny with input as {"receipt": [{"name": n, "command": {"known": n != ""}} | some n in names]}
		with data.parameters.project.receipt_missing.required as required
}

test_missing if {
	found(["clippy", "test"], ["test", "fmt"]) == {{
		"at": ["receipt", 0],
		"msg": `no receipt is of "clippy", and the configuration requires one; there is "fmt", "test"`,
	}}
}

test_foreign if {
	some finding in found(["clippy"], [""])
	endswith(finding.msg, "there is none of sallyport run")
}

test_there if {
	count(found(["clippy", "test"], ["test", "clippy"])) == 0
	count(found([], ["test"])) == 0
}
