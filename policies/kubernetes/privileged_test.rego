package policies.kubernetes.privileged_test

import data.policies.kubernetes.privileged

at := ["object", "spec", "containers", 0, "securityContext", "privileged"]

container(ok) := {"name": "web", "unprivileged": {"ok": ok, "reason": "is privileged", "at": at}}

test_privileged if {
	found := privileged.deny with input as {"containers": [container(true), container(false)]}
	found == {{"at": at, "msg": "container \"web\" is privileged", "properties": {"control": "privileged"}}}
}

test_confined if {
	found := privileged.deny with input as {"containers": [container(true)]}
	count(found) == 0
}
