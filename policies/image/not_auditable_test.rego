package policies.image.not_auditable_test

import data.policies.image.not_auditable

msgs(binary) := found if {
	found := {f.msg | some f in not_auditable.deny} with input as {"program": {"file": "/a", "binary": binary}}
}

test_rust if msgs({"rust": true, "auditable": false}) == {"/a was built by rustc and holds no list of its crates"}

test_fine if {
	count(msgs({"rust": true, "auditable": true})) == 0
	count(msgs({"rust": false, "auditable": false})) == 0
}
