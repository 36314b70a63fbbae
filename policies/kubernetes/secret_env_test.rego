package policies.kubernetes.secret_env_test

import data.policies.kubernetes.secret_env

at := ["object", "spec", "containers", 0, "env", 0, "value"]

leak := {"what": "the environment variable TOKEN", "at": at, "secret": {"found": true, "reason": "name", "masked": "abc****"}}

test_leak if {
	found := secret_env.deny with input as {"containers": [{"name": "web", "leaks": [leak]}]}
	found == {{"at": at, "msg": "the environment variable TOKEN of container \"web\" holds a secret: abc**** (name)"}}
}

test_no_leak if {
	found := secret_env.deny with input as {"containers": [{"name": "web", "leaks": []}]}
	count(found) == 0
}
