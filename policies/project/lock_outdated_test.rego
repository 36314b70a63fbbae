package policies.project.lock_outdated_test

import data.policies.project.lock_outdated

dependency(name, patch) := object.union(
	{
		"name": name, "package": name, "kind": "normal", "source": "registry", "req": "1.2", "unresolved": false,
	},
	patch,
)

manifest(dependencies, patch) := object.union(
	{
		"path": "a/Cargo.toml", "lock": "Cargo.lock", "workspace": {"root": "a/Cargo.toml", "members": []}, "package": {"present": true, "name": "app", "vendored": false},
		"dependencies": dependencies,
	},
	patch,
)

lock := {"path": "Cargo.lock", "roots": [0, 3], "packages": [
	{"name": "app", "version": "1.0.0", "dependencies": [1, 2]},
	{"name": "serde-json", "version": "1.2.9", "dependencies": [2]},
	{"name": "rand", "version": "0.9.0-rc.1", "dependencies": []},
	{"name": "app", "version": "2.0.0", "dependencies": []},
]}

found(manifests) := msgs if {
	deny := lock_outdated.deny with input as {"cargo_manifest": manifests, "cargo_lock": [lock]}
	msgs := {f.msg | some f in deny}
}

test_package_absent if {
	found([manifest([], {"package": {"name": "tool"}})]) == {"Cargo.lock does not hold the package tool, so it is not what the package is built with"}
}

test_dependency_absent if {
	found([manifest([dependency("log", {})], {})]) == {"app asks for log 1.2, and Cargo.lock has none"}
	found([manifest([dependency("log", {"kind": "dev", "source": "git", "req": ""})], {})]) == {"app asks for log, and Cargo.lock has none"}
}

test_other_version if {
	found([manifest([dependency("serde_json", {"req": ">=1.3, <2"})], {})]) == {"app asks for serde_json >=1.3, <2, and Cargo.lock has 1.2.9"}
	count(found([manifest([dependency("serde_json", {"req": "=1.2.8"})], {})])) == 1
}

test_fits if {
	count(found([manifest([dependency("json", {"package": "serde_json"}), dependency("serde-json", {"req": ""}), dependency("serde-json", {"req": "*"})], {})])) == 0
}

test_pre_release if count(found([manifest([dependency("rand", {"req": "0.8"})], {})])) == 0

test_source if count(found([manifest([dependency("rand", {"source": "path", "req": "7"})], {})])) == 0

test_not_asked if {
	count(found([manifest([dependency("x", {"kind": "workspace"}), dependency("y", {"kind": "patch"}), dependency("z", {"unresolved": true}), dependency("app", {})], {})])) == 0
}

test_of_another_lock if count(found([manifest([dependency("x", {})], {"lock": "b/Cargo.lock"})])) == 0

test_vendored if count(found([manifest([dependency("x", {})], {"package": {"vendored": true}})])) == 0

test_without_package if count(found([manifest([dependency("x", {})], {"package": {"present": false}})])) == 0

below(path) := manifest([], {"path": path, "package": {"name": path}, "workspace": {"root": "w/Cargo.toml"}})

test_members if {
	root := {"path": "w/Cargo.toml", "lock": "Cargo.lock", "workspace": {"root": "w/Cargo.toml", "members": ["./crates/*/"]}, "package": {"present": false}}
	found([root, below("w/crates/a/Cargo.toml"), below("w/crates/a/tests/x/Cargo.toml"), below("w/x/Cargo.toml")]) == {"Cargo.lock does not hold the package w/crates/a/Cargo.toml, so it is not what the package is built with"}
}

test_empty_lock if {
	deny := lock_outdated.deny with input as {"cargo_manifest": [manifest([], {})], "cargo_lock": [{"path": "Cargo.lock", "roots": [], "packages": []}]}
	count(deny) == 1
}
