package policies.env_file.secret_test

import data.policies.env_file.secret

verdict := {"found": true, "reason": "name", "masked": "abc****"}

test_variable if {
	vars := [
		{"name": "PORT", "secret": {"found": false, "reason": "", "masked": ""}},
		{"name": "TOKEN", "secret": verdict},
	]
	secret.deny == {{"at": ["vars", 1], "msg": "TOKEN is a secret: abc**** (name)"}} with input as {"vars": vars, "lines": []}
}

test_line if {
	secret.deny == {{"at": ["lines", 0], "msg": "the line shows a secret: abc**** (name)"}} with input as {"vars": [], "lines": [{"secret": verdict}]}
}

test_clean if count(secret.deny) == 0 with input as {"vars": [], "lines": []}
