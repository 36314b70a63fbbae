package policies.dockerfile.toolchain_moving_test

import data.policies.dockerfile.toolchain_moving

messages(kind, contributes) := chosen("default", kind, contributes)

chosen(action, kind, contributes) := {f.msg |
	choice := {"name": "rustup", "action": action, "toolchains": [{"name": "x", "kind": kind}]}
	some f in toolchain_moving.deny with input as {"stages": [{"rustup": [choice], "contributes": contributes}]}
	f.at == ["stages", 0, "rustup", 0]
}

test_moving if messages("moving", true) == {`rustup default chooses the toolchain "x", which moves`}

test_unknown if messages("unknown", true) == {`the toolchain "x" of rustup default cannot be known`}

test_exact if (messages("exact", true) | messages("dated", true)) | messages("custom", true) == set()

test_component if chosen("component add", "moving", true) | chosen("target add", "unknown", true) == set()

test_other_stage if messages("moving", false) | messages("unknown", false) == set()
