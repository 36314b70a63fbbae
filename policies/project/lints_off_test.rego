package policies.project.lints_off_test

import data.policies.project.lints_off

manifest(patch) := object.union({"path": "Cargo.toml", "package": {"vendored": false}, "allowed": [], "lints": []}, patch)

allowed(condition) := manifest({"allowed": [
	{"file": "src/main.rs", "lint": "clippy::all", "condition": condition, "active": condition != "test"},
	{"file": "src/lib.rs", "lint": "dead_code", "condition": "", "active": true},
]})

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

test_condition if found(allowed("not(test)"), clippy, []) == {"src/main.rs allows clippy::all for the whole crate if not(test)"}

flags(name, words) := msgs if {
	deny := lints_off.deny with input as {"cargo_manifest": [], "scan": clippy, "cargo_config": [{"path": "c", "flags": [{"name": name, "words": words}]}]}
		with data.parameters.project.lints_off.groups as ["clippy::all", "warnings"]
	msgs := {f.msg | some f in deny}
}

test_flags if {
	flags("build.rustflags", ["-Dx", "-A", "warnings"]) == {"build.rustflags of c lets lints pass: -A"}
	flags("build.rustflags", ["-Aclippy::all"]) == {"build.rustflags of c lets lints pass: -Aclippy::all"}
	flags("build.rustflags", ["--cap-lints=allow"]) == {"build.rustflags of c lets lints pass: --cap-lints=allow"}
	count(flags("build.rustflags", ["-A", "dead_code", "-Dwarnings", "-C", "warnings"])) == 0
	count(flags("env.CFLAGS", ["-Awarnings"])) == 0
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
