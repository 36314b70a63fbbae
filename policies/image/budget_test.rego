package policies.image.budget_test

import data.policies.image.budget

image := {"size": {"known": true, "unpacked": 3000000}, "layers": ["a", "b", "c"]}

msgs(mib, layers) := found if {
	found := {f.msg | some f in budget.deny} with input as image
		with data.parameters.image.budget as {"max_mib": mib, "max_layers": layers}
}

test_over if msgs(2, 2) == {"the image takes 3 MiB on a node; at most 2 are allowed", "the image has 3 layers; at most 2 are allowed"}

test_under if count(msgs(3, 3)) == 0

test_off if count(msgs(0, 0)) == 0
