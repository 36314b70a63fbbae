package policies.dockerfile.curl_and_wget_test

import data.policies.dockerfile.curl_and_wget

findings(calls) := found if found := curl_and_wget.deny with input as {"stages": [{"calls": calls}]}

test_both if {
	findings({"curl": [{"run": 2, "command": 1}], "wget": [{"run": 0, "command": 3}, {"run": 4, "command": 0}]}) == {{
		"at": ["stages", 0, "runs", 2, "commands", 1],
		"msg": "curl and wget are both used",
		"related": [["stages", 0, "runs", 0, "commands", 3]],
	}}
}

test_one if findings({"curl": [{"run": 0, "command": 0}]}) | findings({"wget": [{"run": 0, "command": 0}]}) == set()
