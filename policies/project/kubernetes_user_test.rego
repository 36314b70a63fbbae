package policies.project.kubernetes_user_test

import data.policies.project.kubernetes_user

findings(set, id, user) := found if {
	container := {"name": "ledger", "image": "acme/ledger:1", "run_as_user": {"set": set, "value": id}}
	dockerfile := {"final": 0, "stages": [{"user": user, "program": {"file": "/ledger"}}]}
	found := kubernetes_user.deny with input as {"kubernetes": [{"containers": [container]}], "dockerfile": [dockerfile], "compose": []}
}

numeric := {"known": true, "numeric": true, "name": "10001"}

test_other if {
	findings(true, 20001, numeric) == {{
		"at": ["kubernetes", 0, "containers", 0, "run_as_user"],
		"msg": "container \"ledger\" runs as 20001, and its image is made for 10001",
		"related": [["dockerfile", 0, "stages", 0, "user"]],
	}}
}

test_same if count(findings(true, 10001, numeric)) == 0

test_open if count(findings(false, 0, numeric)) == 0

test_name if count(findings(true, 10001, {"known": true, "numeric": false, "name": "app"})) == 0
