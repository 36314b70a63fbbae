package policies.dockerfile.toolchain_in_image_test

import data.policies.dockerfile.toolchain_in_image

findings(compiles, form) := found if {
	stage := {"compiles": compiles, "program": {"form": form}, "system": {"image": "rust:1.95"}}
	found := toolchain_in_image.deny with input as {"final": 0, "stages": [stage]}
}

test_one_stage if {
	msg := "the final stage is built on rust:1.95 and compiles the program that it runs"
	findings(true, "exec") == {{"at": ["stages", 0, "base"], "msg": msg}}
}

test_runtime if count(findings(false, "exec")) == 0

# An image that runs nothing by itself exists to build.
test_builder if count(findings(true, "")) == 0
