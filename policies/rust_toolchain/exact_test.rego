package policies.rust_toolchain.exact_test

import data.policies.rust_toolchain.exact

findings(kind) := found if {
	found := exact.deny with input as {"kind": kind, "channel": "stable", "directory": "/opt/rust"}
}

test_moving if {
	findings("moving") == {{"at": ["channel"], "msg": "the channel \"stable\" may be another compiler tomorrow"}}
}

test_custom if {
	some finding in findings("custom")
	finding.at == ["channel"]
	contains(finding.msg, "linked under this name")
}

test_directory if {
	findings("path") == {{"at": ["directory"], "msg": "the toolchain is whatever lies in the directory \"/opt/rust\""}}
}

test_none if {
	count(findings("none")) == 1
}

test_exact if {
	count(findings("exact")) == 0
}

test_dated if {
	count(findings("dated")) == 0
}
