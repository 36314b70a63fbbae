package policies.dockerfile.platform_redundant_test

import data.policies.dockerfile.platform_redundant

found(kind) := f if {
	f := platform_redundant.deny with input as {"stages": [{"platform": "$TARGETPLATFORM", "platform_kind": kind}]}
}

test_target if found("target") == {{"at": ["stages", 0, "platform"], "msg": "--platform=$TARGETPLATFORM is the default"}}

test_build if found("variable") == set()
