package policies.dockerfile.label_unknown_test

import data.policies.dockerfile.label_unknown

found(allowed) := f if {
	f := label_unknown.deny with input as {"stages": [{"labelled": [{"name": "extra"}]}]}
		with data.parameters as {"dockerfile": {"label_unknown": {"allowed": allowed}}}
}

test_unknown if {
	found(["source"]) == {{
		"at": ["stages", 0, "labelled", 0],
		"msg": "the label extra is not among those that are allowed",
	}}
}

test_allowed if found(["extra"]) == set()

test_not_configured if found([]) == set()
