package policies.dockerfile.image_tag_test

import data.policies.dockerfile.image_tag

image := {"name": "debian", "known": true, "tag": "latest", "digest": "", "tagged": false, "rust": false, "bare": false}

messages(other) := {f.msg |
	some f in image_tag.deny with input as {"images": [object.union(image, other)]}
	f.at == ["images", 0]
}

test_untagged if messages({}) == {"the image debian has no tag"}

test_latest if messages({"tagged": true}) == {"the image debian has the tag latest"}

test_version if messages({"tag": "12"}) == set()

test_digest if messages({"digest": "sha256:11"}) == set()

test_unknown if messages({"known": false}) == set()

test_rust if messages({"rust": true}) == set()

test_bare if messages({"bare": true}) == set()
