package policies.kubernetes.image_tag_test

import data.policies.kubernetes.image_tag

container(tag, digest) := {"name": "a", "image": "x", "reference": {"known": true, "tag": tag, "digest": digest}}

test_image if {
	cs := [container("", ""), container("latest", ""), container("1", ""), container("", "sha256:1")]
	found := image_tag.deny with input as {"containers": cs}
	{f.at[1] | some f in found} == {0, 1}
}
