package policies.project.receipt_contradictory_test

import data.policies.project.receipt_contradictory

run(path, patch) := object.union(
	{
		"path": path, "name": "test", "result": "passed", "host": {"os": "linux", "arch": "amd64"},
		"command": {"known": true, "argv": ["cargo", "test"], "directory": "."}, "source": {"tree": "4b825dc642cb6eb9"},
	},
	patch,
)

found(patch) := findings if {
	findings := receipt_contradictory.deny with input as {"receipt": [run("a.json", {}), run("b.json", patch)]}
}

test_contradiction if {
	found({"result": "failed"}) == {{
		"at": ["receipt", 1, "result"], "related": [["receipt", 0, "result"]],
		"msg": "test of tree 4b825dc642cb failed here and passed in a.json",
	}}
}

test_agree if count(found({})) == 0

test_others if {
	count(found({"result": "failed", "command": {"argv": ["cargo", "test", "-p", "x"]}})) == 0
	count(found({"result": "failed", "host": {"os": "macos"}})) == 0
	count(found({"result": "failed", "source": {"tree": "649a"}})) == 0
}
