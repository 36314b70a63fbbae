package policies.dockerfile.platform_constant_test

import data.policies.dockerfile.platform_constant

found(kind) := f if {
	f := platform_constant.deny with input as {"stages": [{"platform": "linux/amd64", "platform_kind": kind}]}
}

test_constant if found("constant") == {{"at": ["stages", 0, "platform"], "msg": "the platform is always linux/amd64"}}

test_named if found("named") == set()
