package policies.project.toolchain_agreement_test

import data.policies.project.toolchain_agreement

workflow(kind, channel) := {"toolchains": [{"kind": kind, "channel": channel, "text": "the action", "folder": "", "extra": false}]}

none := {"rust_toolchain": [], "dockerfile": [], "workflow": [], "cargo_manifest": []}

file := {"path": "rust-toolchain.toml", "channel": "1.82.0", "overridden_by": ""}

manifest := {"path": "Cargo.toml", "package": {"rust_version": {"value": "1.83", "inherited": false}}}

findings(documents) := found if found := toolchain_agreement.deny with input as object.union(none, documents)

test_conflict if {
	findings({"rust_toolchain": [file], "workflow": [workflow("exact", "1.83.0")]}) == {{
		"at": ["workflow", 0, "toolchains", 0],
		"related": [["rust_toolchain", 0, "channel"]],
		"msg": "the action chooses the toolchain \"1.83.0\", and rust-toolchain.toml chooses \"1.82.0\"",
	}}
}

test_agreement if count(findings({"rust_toolchain": [file], "workflow": [workflow("exact", "1.82.0")]})) == 0

test_alone if count(findings({"workflow": [workflow("exact", "1.82.0")]})) == 0

test_oldest if {
	findings({"rust_toolchain": [file], "cargo_manifest": [manifest]}) == {{
		"at": ["cargo_manifest", 0, "package", "rust_version"],
		"related": [["rust_toolchain", 0, "channel"]],
		"msg": "the package supports Rust 1.83 at the oldest, and rust-toolchain.toml chooses \"1.82.0\"",
	}}
}

test_deferred if {
	findings({"workflow": [workflow("file", "")]}) == {{
		"at": ["workflow", 0, "toolchains", 0],
		"msg": "the action leaves the toolchain to a toolchain file, and none applies",
	}}
	count(findings({"rust_toolchain": [file], "workflow": [workflow("file", "")]})) == 0
}
