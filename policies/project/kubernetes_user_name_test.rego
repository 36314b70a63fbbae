package policies.project.kubernetes_user_name_test

import data.policies.project.kubernetes_user_name

findings(ok, set, user) := found if {
	container := {"name": "ledger", "image": "acme/ledger:1", "run_as_user": {"set": set}, "non_root": {"ok": ok}}
	dockerfile := {"final": 0, "stages": [{"user": user, "program": {"file": "/ledger"}}]}
	found := kubernetes_user_name.deny with input as {
		"kubernetes": [{"patch": false, "containers": [container]}],
		"dockerfile": [dockerfile], "compose": [],
	}
}

user(numeric, root) := {"known": true, "numeric": numeric, "root": root, "name": "app"}

test_name if {
	findings(true, false, user(false, false)) == {{
		"at": ["kubernetes", 0, "containers", 0, "non_root"],
		"msg": "container \"ledger\" must not run as root, and its image names its user \"app\" instead of giving a number",
		"related": [["dockerfile", 0, "stages", 0, "user"]],
	}}
}

test_number if count(findings(true, false, user(true, false))) == 0

test_root if count(findings(true, false, user(false, true))) == 0

test_set if count(findings(true, true, user(false, false))) == 0

test_may_be_root if count(findings(false, false, user(false, false))) == 0
