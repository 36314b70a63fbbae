package policies.dockerfile.rust_image_digest_test

import data.policies.dockerfile.rust_image_digest

findings(digest, toolchain) := found if {
	image := {"name": "rust:1.82.0", "digest": digest, "rust": {"toolchain": toolchain}}
	found := rust_image_digest.deny with input as {"stages": [{"base": image}]}
}

test_tag if {
	findings("", true) == {{"at": ["stages", 0, "base"], "msg": "the image rust:1.82.0 is not pinned by digest"}}
}

test_unknown if count(findings("${DIGEST}", true)) == 1

test_digest if count(findings("sha256:11", true)) == 0

test_other if count(findings("", false)) == 0
