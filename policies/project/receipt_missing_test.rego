package policies.project.receipt_missing_test

import data.policies.project.receipt_missing

none := {
	"cargo_lock": [], "cargo_manifest": [], "dockerfile": [], "kubernetes": [], "scan": [], "compose": [], "systemd": [], "image": [],
	"firewall": [], "workflow": [], "receipt": [], "env_file": [],
}

found(required, names) := findings if {
	receipts := [{"name": n, "command": {"known": n != ""}} | some n in names]
	findings := receipt_missing.deny with input as object.union(none, {"receipt": receipts})
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

test_no_receipt if {
	every kind in object.keys(none) - {"receipt"} {
		findings := receipt_missing.deny with input as object.union(none, {kind: [{}]})
			with data.parameters.project.receipt_missing.required as ["fmt"]
		{f.at | some f in findings} == {[kind, 0]}
	}
}
