package policies.dockerfile.label_key_test

import data.policies.dockerfile.label_key

found(problem) := f if {
	f := label_key.deny with input as {"stages": [{"labelled": [{"name": "k", "problem": problem}]}]}
}

test_reserved if {
	found("reserved") == {{
		"at": ["stages", 0, "labelled", 0],
		"msg": "the key k begins with a name that Docker keeps for itself",
	}}
}

test_others if {
	every problem in ["characters", "separators", "ends"] {
		count(found(problem)) == 1
	}
}

test_good if found("") == set()
