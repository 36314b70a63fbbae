package policies.compose.image_digest_test

import data.policies.compose.image_digest

found(image, build) := msgs if {
	services := [{"name": "web", "build": {"set": build}, "image": image}]
	msgs := {f.msg | some f in image_digest.deny} with input as {"services": services}
}

test_tag if {
	found({"name": "a:1", "tag": "1", "digest": ""}, false) == {"service \"web\" runs a:1, which no digest pins"}
}

test_quiet if {
	count(found({"name": "a", "tag": "latest", "digest": ""}, false)) == 0
	count(found({"name": "a:1@sha256:00", "tag": "1", "digest": "sha256:00"}, false)) == 0
	count(found({"name": "a:1", "tag": "1", "digest": ""}, true)) == 0
	count(found({"name": "", "tag": "", "digest": ""}, false)) == 0
}
