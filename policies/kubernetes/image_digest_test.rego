package policies.kubernetes.image_digest_test

import data.policies.kubernetes.image_digest

container(tag, digest) := {"name": "a", "image": "x", "reference": {"known": true, "tag": tag, "digest": digest}}

test_image if {
	found := image_digest.deny with input as {"containers": [container("1", ""), container("latest", ""), container("1", "sha256:1")]}
	{f.at[1] | some f in found} == {0}
}
