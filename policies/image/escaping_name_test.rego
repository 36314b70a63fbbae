package policies.image.escaping_name_test

import data.policies.image.escaping_name

test_escape if {
	layers := [{"name": "sha256:a", "escapes": 0}, {"name": "sha256:b", "escapes": 2}]
	found := escaping_name.deny with input as {"layers": layers}
	found == {{"at": ["layers", 1], "msg": "layer 2 (sha256:b) holds 2 names that lead out of its root"}}
}
