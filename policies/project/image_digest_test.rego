package policies.project.image_digest_test

import data.policies.project.image_digest

image(digests) := {"references": [{"name": "r.example:5000/app:1"}], "digests": digests}

msgs(kubernetes, compose, images) := found if {
	found := {f.msg | some f in image_digest.deny} with input as {
		"kubernetes": [{"containers": [{"image": kubernetes, "path": ["object"]}]}],
		"compose": [{"services": [{"image": {"name": compose}}]}],
		"image": images,
	}
}

test_differ if {
	msgs("r.example:5000/app:1@sha256:b", "", [image(["sha256:a"])]) == {"r.example:5000/app:1 is deployed by the digest sha256:b, and the image beside it has sha256:a"}
	count(msgs("", "r.example:5000/app@sha256:b", [image(["sha256:a"])])) == 1
}

test_same if count(msgs("r.example:5000/app@sha256:b", "", [image(["sha256:a"]), image(["sha256:b"])])) == 0

test_another_or_unknown if {
	count(msgs("other@sha256:b", "other:1", [image(["sha256:a"])])) == 0
	count(msgs("r.example:5000/app@sha256:b", "", [image([])])) == 0
}
