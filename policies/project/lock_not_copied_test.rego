package policies.project.lock_not_copied_test

import data.policies.project.lock_not_copied

findings(unlocked, folder, lock) := found if {
	copies := [{"whole": false}, {"whole": true}, {"whole": false}]
	dockerfile := {"context": {"folder": folder, "ignore": ".dockerignore"}, "stages": [{"caching": {"unlocked": unlocked}, "copies": copies}]}
	found := lock_not_copied.deny with input as {"dockerfile": [dockerfile], "cargo_lock": [{"path": lock}]}
}

test_root if {
	msg := "Cargo.toml is copied, and Cargo.lock is not"
	findings(2, ".", "Cargo.lock") == {{"at": ["dockerfile", 0, "stages", 0, "copies", 2], "msg": msg, "related": [["cargo_lock", 0]]}}
}

test_folder if count(findings(0, "api", "api/Cargo.lock")) == 1

test_elsewhere if count(findings(0, "api", "Cargo.lock")) == 0

test_copied if count(findings(-1, ".", "Cargo.lock")) == 0

test_ignored if {
	msgs := {f.msg | some f in findings(1, ".", "Cargo.lock")}
	msgs == {"Cargo.toml is copied, and Cargo.lock is not: .dockerignore excludes it"}
}
