package policies.compose.image_latest_test

import data.policies.compose.image_latest

found(tag, digest, build) := msgs if {
	services := [{"name": "web", "build": {"set": build}, "image": {"repository": "library/postgres", "tag": tag, "digest": digest}}]
	msgs := {f.msg | some f in image_latest.deny} with input as {"services": services}
}

test_latest if {
	found("latest", "", false) == {"service \"web\" runs the latest library/postgres"}
}

test_quiet if {
	count(found("17", "", false)) == 0
	count(found("latest", "sha256:00", false)) == 0
	count(found("latest", "", true)) == 0
}
