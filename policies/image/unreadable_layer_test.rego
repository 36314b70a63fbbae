package policies.image.unreadable_layer_test

import data.policies.image.unreadable_layer

test_unreadable if {
	layers := [{"name": "sha256:a", "reason": ""}, {"name": "sha256:b", "reason": "is encrypted"}]
	found := unreadable_layer.deny with input as {"layers": layers}
	found == {{"at": ["layers", 1], "msg": "layer 2 (sha256:b) is encrypted: nobody knows what it holds"}}
}
