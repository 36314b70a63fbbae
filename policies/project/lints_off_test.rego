package policies.project.lints_off_test

import data.policies.project.lints_off

manifest(patch) := object.union({"path": "Cargo.toml", "package": {"vendored": false}, "allowed": [], "lints": []}, patch)

allowed(condition) := manifest({"allowed": [{"file": "src/main.rs", "lint": "clippy::all", "condition": condition}, {"file": "src/lib.rs", "lint": "dead_code", "condition": ""}]})

found(m, scans, receipts) := msgs if {
	deny := lints_off.deny with input as {"cargo_manifest": [m], "scan": scans, "receipt": receipts}
		with data.parameters.project.lints_off.groups as ["clippy::all", "warnings"]
	msgs := {f.msg | some f in deny}
}

clippy := [{"concern": "lints"}]

test_root if {
	found(allowed(""), clippy, []) == {"src/main.rs allows clippy::all for the whole crate"}
	found(allowed(""), [], [{"name": "clippy"}]) == {"src/main.rs allows clippy::all for the whole crate"}
}

test_manifest if {
	lints := [{"name": "clippy.all", "level": "allow"}, {"name": "rust.warnings", "level": "allow"}, {"name": "clippy.pedantic", "level": "allow"}]
	found(manifest({"lints": lints}), clippy, []) == {"Cargo.toml allows clippy.all", "Cargo.toml allows rust.warnings"}
	count(found(manifest({"lints": [{"name": "clippy.all", "level": "warn"}]}), clippy, [])) == 0
}

test_good if {
	count(found(allowed("test"), clippy, [])) == 0
	count(found(allowed(""), [{"concern": "secrets"}], [{"name": "fmt"}])) == 0
	count(found(object.union(allowed(""), {"package": {"vendored": true}}), clippy, [])) == 0
}
