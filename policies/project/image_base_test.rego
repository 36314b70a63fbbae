package policies.project.image_base_test

import data.policies.project.image_base

msgs(ours, theirs) := found if {
	found := {f.msg | some f in image_base.deny} with input as {
		"dockerfile": [{"final": 0, "stages": [{"base": {"kind": "image", "digest": ours}}]}],
		"image": [{"base": {"digest": theirs}}],
	}
}

test_differ if msgs("sha256:a", "sha256:b") == {"the image was built on sha256:b, and the Dockerfile names sha256:a"}

test_same if count(msgs("sha256:a", "sha256:a")) == 0

test_unknown if {
	count(msgs("", "sha256:b")) == 0
	count(msgs("sha256:a", "")) == 0
}
