package policies.image.secret_file_test

import data.policies.image.secret_file

file := {"name": "/k", "reason": "it holds a private key", "layer": 0, "deleted": false, "sample": false}

found(f) := found if {
	found := secret_file.deny with input as {"layers": [{"name": "sha256:a"}], "files": {"secrets": [f]}}
}

test_file if {
	found(file) == {{
		"at": ["files", "secrets", 0],
		"msg": "/k is in the image, in layer 1 (sha256:a): it holds a private key",
	}}
}

test_sample_or_deleted if {
	count(found(object.union(file, {"sample": true}))) == 0
	count(found(object.union(file, {"deleted": true}))) == 0
}
