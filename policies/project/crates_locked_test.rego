package policies.project.crates_locked_test

import data.policies.lib.crates_test
import data.policies.project.crates_locked

found(binaries, images) := deny if {
	deny := crates_locked.deny with input as {
		"cargo_lock": [{"path": "Cargo.lock", "packages": crates_test.packages}], "binary": binaries, "image": images,
	}
}

program(crates) := {"path": "app", "crate": "app", "crates": crates}

test_binary if {
	some f in found([program(crates_test.built("0.14.9"))], [])
	f.at == ["binary", 0, "crates"]
	f.related == [["cargo_lock", 0, "packages", 1, "version"]]
	contains(f.msg, "app was built of other crates than Cargo.lock has: h2 1.0.0")
}

test_image if {
	some f in found([], [{"name": "app:1", "program": {"file": "/app", "binary": program(crates_test.built("0.14.9"))}}])
	f.at == ["image", 0, "program"]
	contains(f.msg, "/app of the image app:1")
}

test_good if {
	same := array.slice(crates_test.built("0.14.10"), 0, 2)
	count(found([program(same)], [{"name": "a", "program": {"file": "/app", "binary": program(same)}}])) == 0
	count(found([{"path": "x", "crate": "", "crates": []}], [])) == 0
}
