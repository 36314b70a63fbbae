package policies.dockerfile.archive_copied_test

import data.policies.dockerfile.archive_copied

copy := {"instruction": "copy", "from": "", "sources": ["dist/app.tar.gz"], "destination": "/usr/src/"}

findings(copy, args) := found if {
	runs := [{"commands": [{"args": args}]}]
	stage := {"copies": [copy], "calls": {"tar": [{"run": 0, "command": 0}]}, "runs": runs}
	found := archive_copied.deny with input as {"stages": [stage]}
}

test_unpacked if {
	findings(copy, ["-xf", "/usr/src/app.tar.gz"]) == {{
		"at": ["stages", 0, "copies", 0],
		"msg": "app.tar.gz is copied, and then unpacked by tar",
		"related": [["stages", 0, "runs", 0, "commands", 0]],
	}}
}

test_renamed if count(findings(object.union(copy, {"destination": "/b.tgz"}), ["xf", "b.tgz"])) == 1

test_created if findings(copy, ["-cf", "app.tar.gz"]) == set()

test_other_archive if findings(copy, ["-xf", "b.tar.gz"]) == set()

test_no_archive if findings(object.union(copy, {"sources": ["x.zip"]}), ["-xf", "x.zip"]) == set()

test_other_stage if findings(object.union(copy, {"from": "build"}), ["-xf", "app.tar.gz"]) == set()

test_add if findings(object.union(copy, {"instruction": "add"}), ["-xf", "app.tar.gz"]) == set()
