package policies.project.sbom_image_test

import data.policies.project.sbom_image

image(digest) := {
	"digests": [digest], "digest": digest, "config_digest": "sha256:c",
	"references": [{"name": "ledger:1", "registry": "docker.io", "repository": "library/ledger"}],
}

found(name, digests, images) := msgs if {
	deny := sbom_image.deny with input as {"sbom": [{"subject": {"name": name, "image": true, "digests": digests}}], "image": images}
	msgs := {f.msg | some f in deny}
}

test_differ if {
	found("ledger", ["sha256:b"], [image("sha256:a")]) == {"the SBOM of ledger is about sha256:b, and the image beside it has sha256:a"}
	count(found("docker.io/library/ledger:2@sha256:b", ["sha256:b"], [image("sha256:a")])) == 1
}

test_same if {
	count(found("ledger", ["sha256:a"], [image("sha256:a")])) == 0
	count(found("ledger", ["sha256:c"], [image("sha256:a")])) == 0
	count(found("ledger", ["sha256:b"], [image("sha256:a"), image("sha256:b")])) == 0
}

test_another if {
	count(found("other", ["sha256:b"], [image("sha256:a")])) == 0
	count(found("ledger", [], [image("sha256:a")])) == 0
	count(found("ledger", ["sha256:b"], [])) == 0
}
