package policies.project.scan_subject_test

import data.policies.project.scan_subject

image := {"path": "app.tar", "references": [{"name": "app:1"}], "digest": "sha256:a", "config_digest": "sha256:b", "digests": ["sha256:c"]}

findings(name, kind, digests) := found if {
	found := scan_subject.deny with input as {"image": [image], "scan": [{"subject": {"kind": kind, "name": name, "digests": digests}}]}
}

test_another if {
	findings("app:1", "image", ["sha256:x"]) == {{
		"at": ["scan", 0, "subject", "digests"], "related": [["image", 0, "digest"]],
		"msg": "the report is about another build of app:1 than app.tar",
	}}
}

test_same if {
	count(findings("app:1", "image", ["sha256:x", "sha256:b"])) == 0
	count(findings("app:1", "image", ["sha256:c"])) == 0
}

test_not_said if {
	count(findings("app:1", "image", [])) == 0
	count(findings("app:1", "filesystem", ["sha256:x"])) == 0
	count(findings("app:2", "image", ["sha256:x"])) == 0
}
