package policies.dockerfile.copy_from_test

import data.policies.dockerfile.copy_from

found(reference) := f if {
	f := copy_from.deny with input as {"stages": [{"copies": [{"from": "build", "reference": reference}]}]}
}

test_name if {
	found("name") == {{
		"at": ["stages", 0, "copies", 0],
		"msg": "COPY --from=build names no stage, and no image with a tag either",
	}}
}

test_self if count(found("self")) == 1

test_later if count(found("later")) == 1

test_fine if {
	every reference in ["", "stage", "index", "image"] {
		found(reference) == set()
	}
}
