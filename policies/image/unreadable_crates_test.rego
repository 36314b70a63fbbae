package policies.image.unreadable_crates_test

import data.policies.image.unreadable_crates

test_bad if {
	found := unreadable_crates.deny with input as {"program": {"file": "/app", "binary": {"problem": "the list is cut off"}}}
	count(found) == 1
}

test_good if {
	found := unreadable_crates.deny with input as {"program": {"file": "/app", "binary": {"problem": ""}}}
	count(found) == 0
}
