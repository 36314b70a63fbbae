package policies.dockerfile.image_digest_test

import data.policies.dockerfile.image_digest

image := {"name": "debian:12", "known": true, "digest": "", "rust": false, "bare": false}

count_of(other) := n if {
	found := image_digest.deny with input as {"images": [object.union(image, other)]}
	n := count(found)
}

test_tag if {
	found := image_digest.deny with input as {"images": [image]}
	found == {{"at": ["images", 0], "msg": "the image debian:12 is not pinned by digest"}}
}

test_digest if count_of({"digest": "sha256:11"}) == 0

test_unknown if count_of({"known": false}) == 0

test_rust if count_of({"rust": true}) == 0

test_bare if count_of({"bare": true}) == 0
