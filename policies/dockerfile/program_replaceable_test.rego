package policies.dockerfile.program_replaceable_test

import data.policies.dockerfile.program_replaceable

findings(replaceable) := found if {
	program := {"replaceable": replaceable, "stage": 0, "copy": 2, "file": "/app", "owner": "app"}
	found := program_replaceable.deny with input as {"final": 0, "stages": [{"program": program}]}
}

test_owned if findings(true) == {{"at": ["stages", 0, "copies", 2], "msg": "/app belongs to app, who runs it"}}

test_root if count(findings(false)) == 0
