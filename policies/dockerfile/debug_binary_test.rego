package policies.dockerfile.debug_binary_test

import data.policies.dockerfile.debug_binary

stage(profile, below, name) := {
	"base_of_final": below, "copies": [{"built": [{"name": "/a", "profile": profile}]}],
	"program": {"name": name, "instruction": "cmd"},
}

findings(s) := found if {
	found := debug_binary.deny with input as {"final": 0, "stages": [s]}
}

test_copied if findings(stage("debug", true, "/a")) == {{"at": ["stages", 0, "copies", 0], "msg": "/a is a debug build"}}

test_run if {
	msg := "the image runs the debug build ./target/debug/a"
	findings(stage("release", true, "./target/debug/a")) == {{"at": ["stages", 0, "cmd"], "msg": msg}}
}

test_release if count(findings(stage("release", true, "/a"))) == 0

test_other_stage if count(findings(stage("debug", false, "/a"))) == 0
