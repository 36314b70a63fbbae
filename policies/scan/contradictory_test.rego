package policies.scan.contradictory_test

import data.policies.scan.contradictory

findings(contradictory_counts) := found if {
	found := contradictory.deny with input as {"counts": {
		"contradictory": contradictory_counts,
		"vulnerabilities": 3, "found": false, "listed": 0,
	}}
}

test_contradiction if {
	findings(true) == {{"at": ["counts"], "msg": "the report states 3 results (found: false) and lists 0"}}
}

test_agreement if count(findings(false)) == 0
