package policies.project.workspace_dependency_unused_test

import data.policies.project.workspace_dependency_unused

root := {
	"path": "Cargo.toml", "workspace": {"root": "Cargo.toml"}, "package": {"present": false},
	"dependencies": [{"name": "json", "package": "serde", "kind": "workspace", "inherited": false}],
}

member(path, inherited) := {
	"path": "app/Cargo.toml", "workspace": {"root": path}, "package": {"present": true},
	"dependencies": [{"name": "json", "package": "serde", "kind": "normal", "inherited": inherited}],
}

findings(manifests) := found if found := workspace_dependency_unused.deny with input as {"cargo_manifest": manifests}

test_unused if {
	findings([root, member("Cargo.toml", false)]) == {{
		"at": ["cargo_manifest", 0, "dependencies", 0],
		"msg": "no member of the workspace inherits json",
		"properties": {"package": "serde"},
	}}
}

test_used if count(findings([root, member("Cargo.toml", true)])) == 0

test_other_workspace if count(findings([root, member("other/Cargo.toml", true)])) == 0
