package policies.lib.toolchain_test

import data.policies.lib.toolchain

none := {"rust_toolchain": [], "dockerfile": [], "workflow": [], "cargo_manifest": []}

stage := {"contributes": true, "cargo": [], "rustup": [], "base": {"name": "rust:1.81.0", "rust": {"version": "1.81.0"}}}

dockerfile(path, change) := {"path": path, "stages": [object.union(stage, change)]}

workflow(root, channel) := {"toolchains": [
	{"kind": "unknown", "channel": "?", "text": "rustup", "folder": root, "extra": false},
	{"kind": "exact", "channel": channel, "text": "rustup", "folder": root, "extra": false},
	{"kind": "file", "channel": "", "text": "rustup", "folder": root, "extra": false},
	{"kind": "moving", "channel": "beta", "text": "rustup", "folder": root, "extra": true},
]}

file(path, channel) := {"path": path, "channel": channel, "overridden_by": ""}

manifest(path, version, inherited) := {
	"path": path, "workspace": {"root": "a/Cargo.toml"},
	"package": {"rust_version": {"value": version, "inherited": inherited}},
}

test_file if {
	documents := object.union(none, {"rust_toolchain": [
		file("rust-toolchain.toml", "1.82.0"), file("a/rust-toolchain.toml", "1.83.0"),
		object.union(file("b/rust-toolchain.toml", "1.84.0"), {"overridden_by": "b/rust-toolchain"}),
	]})
	nearest := toolchain.file("a/docker") with input as documents
	nearest.at == ["rust_toolchain", 1, "channel"]
	above := toolchain.file("b") with input as documents
	above.name == "1.82.0"
}

test_choices if {
	found := toolchain.choices with input as object.union(none, {
		"workflow": [workflow("a", "1.82.0")],
		"dockerfile": [
			dockerfile("a/Dockerfile", {}),
			dockerfile("b/Dockerfile", {"contributes": false}),
			dockerfile("c/Dockerfile", {"contributes": false, "cargo": [{"subcommand": "test"}], "base": {"name": "rust", "rust": {"version": ""}}}),
			dockerfile("d/Dockerfile", {
				"base": {"name": "debian:12", "rust": {"version": ""}},
				"rustup": [
					{"name": "rustup", "action": "default", "toolchains": [{"name": "1.80.0", "kind": "exact"}]},
					{"name": "rustup", "action": "component add", "toolchains": []},
				],
			}),
			dockerfile("e/Dockerfile", {"contributes": false, "cargo": [{"subcommand": "build"}]}),
		],
	})
	{[choice.at[1], choice.name, choice.folder] | some choice in found} == {
		[0, "1.82.0", "a"], [0, "1.81.0", "a"], [3, "1.80.0", "d"], [4, "1.81.0", "e"],
	}
}

test_deferred if {
	found := toolchain.deferred with input as object.union(none, {"workflow": [workflow("a", "1.82.0")]})
	found == {{"at": ["workflow", 0, "toolchains", 2], "what": "rustup", "folder": "a"}}
}

test_oldest if {
	found := toolchain.oldest with input as object.union(none, {"cargo_manifest": [
		manifest("a/x/Cargo.toml", "1.80", true), manifest("a/y/Cargo.toml", "1.80", true),
		manifest("b/Cargo.toml", "1.81", false), manifest("c/Cargo.toml", "", false),
	]})
	found == {
		{"at": ["cargo_manifest", 0, "package", "rust_version"], "version": "1.80", "folder": "a"},
		{"at": ["cargo_manifest", 2, "package", "rust_version"], "version": "1.81", "folder": "b"},
	}
}

anchor(documents, folder) := found if {
	found := toolchain.anchor(folder).name with input as object.union(none, documents)
}

images := [dockerfile("Dockerfile", {})]

flows := [workflow("", "1.82.0")]

files := [file("a/rust-toolchain", "1.83.0")]

test_anchor_file if {
	anchor({"dockerfile": images, "workflow": flows, "rust_toolchain": files}, "a") == "1.83.0"
	anchor({"dockerfile": images, "workflow": flows, "rust_toolchain": files}, "b") == "1.82.0"
}

test_anchor_workflow if anchor({"dockerfile": images, "workflow": flows}, "a") == "1.82.0"

test_anchor_dockerfile if {
	anchor({"dockerfile": images}, "a") == "1.81.0"
	anchor({"dockerfile": images, "workflow": [workflow("b", "1.82.0")]}, "a") == "1.81.0"
}

test_no_anchor if not anchor({"dockerfile": [dockerfile("b/Dockerfile", {})]}, "a")
