package policies.image.secret_layer_test

import data.policies.image.secret_layer

file := {"name": "/k", "reason": "it holds a private key", "layer": 0, "deleted": true, "sample": false}

found(f) := found if {
	found := secret_layer.deny with input as {"layers": [{"name": "sha256:a"}], "files": {"secrets": [f]}}
}

test_deleted if {
	found(file) == {{
		"at": ["files", "secrets", 0],
		"msg": "/k is deleted or replaced later, and still in layer 1 (sha256:a): it holds a private key",
	}}
}

test_sample_or_there if {
	count(found(object.union(file, {"sample": true}))) == 0
	count(found(object.union(file, {"deleted": false}))) == 0
}
