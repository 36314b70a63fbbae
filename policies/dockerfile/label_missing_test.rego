package policies.dockerfile.label_missing_test

import data.policies.dockerfile.label_missing

found(leaf, labels) := f if {
	f := label_missing.deny with input as {"stages": [{"leaf": leaf, "labels": labels}]}
		with data.parameters as {"dockerfile": {"label_missing": {"required": ["source"]}}}
}

test_missing if {
	found(true, {}) == {{"at": ["stages", 0, "labels", "source"], "msg": "the label source is missing"}}
}

test_builder if found(false, {}) == set()

test_there if found(true, {"source": "https://example.com"}) == set()
