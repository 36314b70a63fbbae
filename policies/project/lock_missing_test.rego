package policies.project.lock_missing_test

import data.policies.project.lock_missing

manifest(path, root, binaries) := {
	"path": path, "lock": "a/Cargo.lock",
	"package": {"binaries": binaries, "fuzz": false}, "workspace": {"root": root},
}

findings(manifests, locks) := found if {
	found := lock_missing.deny with input as {"cargo_manifest": manifests, "cargo_lock": [{"path": lock} | some lock in locks]}
}

program := manifest("a/Cargo.toml", "a/Cargo.toml", ["ledger"])

test_missing if {
	findings([program], ["Cargo.lock"]) == {{
		"at": ["cargo_manifest", 0],
		"msg": "a/Cargo.lock is missing, which the program \"ledger\" is built with",
	}}
}

test_workspace if {
	some finding in findings([manifest("a/x/Cargo.toml", "a/Cargo.toml", ["ledger"]), manifest("a/Cargo.toml", "a/Cargo.toml", [])], [])
	finding.at == ["cargo_manifest", 1]
}

test_root_not_read if {
	some finding in findings([manifest("a/x/Cargo.toml", "a/Cargo.toml", ["ledger"])], [])
	finding.at == ["cargo_manifest", 0]
}

test_present if count(findings([program], ["a/Cargo.lock"])) == 0

test_library if count(findings([manifest("a/Cargo.toml", "a/Cargo.toml", [])], [])) == 0

test_fuzz if count(findings([object.union(program, {"package": {"fuzz": true}})], [])) == 0

test_outside if count(findings([object.union(program, {"lock": "../Cargo.lock"})], [])) == 0
