package policies.binary.unreadable_crates_test

import data.policies.binary.unreadable_crates

test_bad if {
	found := unreadable_crates.deny with input as {"path": "app", "problem": "the list is cut off"}
	count(found) == 1
}

test_good if {
	found := unreadable_crates.deny with input as {"path": "app", "problem": ""}
	count(found) == 0
}
