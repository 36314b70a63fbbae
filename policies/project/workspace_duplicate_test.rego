package policies.project.workspace_duplicate_test

import data.policies.project.workspace_duplicate

dependency(change) := object.union(
	{"name": "rand", "package": "rand", "kind": "normal", "source": "registry", "inherited": false, "req": "0.8"},
	change,
)

manifest(path, dependencies) := {"path": path, "workspace": {"root": "Cargo.toml"}, "dependencies": dependencies}

messages(manifests, equal) := {finding.msg | some finding in found} if {
	found := workspace_duplicate.deny with input as {"cargo_manifest": manifests}
		with data.parameters.project.workspace_duplicate.equal as equal
}

test_different if {
	found := workspace_duplicate.deny with input as {"cargo_manifest": [
		manifest("app/Cargo.toml", [dependency({})]),
		manifest("model/Cargo.toml", [dependency({"req": "0.7"})]),
	]}
		with data.parameters.project.workspace_duplicate.equal as false
	found == {{
		"at": ["cargo_manifest", 0, "dependencies", 0],
		"msg": "2 members ask for rand by themselves: 0.7, 0.8",
		"related": [["cargo_manifest", 1, "dependencies", 0]],
		"properties": {"package": "rand"},
	}}
}

test_equal if {
	same := [manifest("app/Cargo.toml", [dependency({})]), manifest("model/Cargo.toml", [dependency({})])]
	messages(same, false) == set()
	messages(same, true) == {"2 members ask for rand by themselves: 0.8"}
}

test_not_inherited if {
	messages(
		[
			manifest("Cargo.toml", [dependency({"kind": "workspace"})]),
			manifest("app/Cargo.toml", [dependency({"req": "0.9"})]),
		],
		false,
	) == {"Cargo.toml has rand in [workspace.dependencies], which is not inherited"}
}

test_one_member if messages([manifest("app/Cargo.toml", [dependency({}), dependency({"kind": "dev", "req": "0.7"})])], false) == set()

test_renamed if {
	messages(
		[
			manifest("app/Cargo.toml", [dependency({})]),
			manifest("model/Cargo.toml", [dependency({"package": "rand_core", "req": "0.7"})]),
		],
		false,
	) == set()
}
