package policies.dockerfile.debug_build_test

import data.policies.dockerfile.debug_build

messages(source, contributes) := {f.msg |
	stage := {"contributes": contributes, "base_of_final": false, "copies": [{"sources": [source], "built": []}]}
	some f in debug_build.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "copies", 0]
}

test_debug if messages("/src/target/debug/app", true) == {"/src/target/debug/app is a debug build"}

test_target if messages("target/x86_64-unknown-linux-musl/debug/app", true) == {"target/x86_64-unknown-linux-musl/debug/app is a debug build"}

test_release if messages("target/release/app", true) == set()

test_other_stage if messages("target/debug/app", false) == set()

test_known if {
	stage := {"contributes": true, "base_of_final": true, "copies": [{"sources": ["target/debug/a"], "built": [{"name": "a"}]}]}
	count(debug_build.deny) == 0 with input as {"stages": [stage]}
}
