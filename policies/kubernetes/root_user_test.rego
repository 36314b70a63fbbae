package policies.kubernetes.root_user_test

import data.policies.kubernetes.root_user

at := ["object", "spec", "containers", 0, "securityContext", "runAsUser"]

container(ok) := {"name": "web", "non_root": {"ok": ok, "reason": "runs as root: runAsUser is 0", "at": at}}

test_root if {
	found := root_user.deny with input as {"containers": [container(true), container(false)]}
	found == {{"at": at, "msg": "container \"web\" runs as root: runAsUser is 0"}}
}

test_non_root if {
	found := root_user.deny with input as {"containers": [container(true)]}
	count(found) == 0
}
