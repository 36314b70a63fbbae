package policies.dockerfile.debug_build_test

import data.policies.dockerfile.debug_build

messages(source, contributes) := {f.msg |
	stage := {"contributes": contributes, "copies": [{"sources": [source]}]}
	some f in debug_build.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "copies", 0]
}

test_debug if messages("/src/target/debug/app", true) == {"/src/target/debug/app is a debug build"}

test_target if messages("target/x86_64-unknown-linux-musl/debug/app", true) == {"target/x86_64-unknown-linux-musl/debug/app is a debug build"}

test_release if messages("target/release/app", true) == set()

test_other_stage if messages("target/debug/app", false) == set()
