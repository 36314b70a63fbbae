package policies.compose.secret_env_test

import data.policies.compose.secret_env

at := ["services", 0, "environment", 0]

leak(what) := {"what": what, "at": at, "secret": {"found": true, "reason": "name", "masked": "abc****"}}

test_service if {
	found := secret_env.deny with input as {"leaks": [], "services": [{"name": "web", "leaks": [leak("the variable TOKEN")]}]}
	found == {{"at": at, "msg": "the variable TOKEN of service \"web\" holds a secret: abc**** (name)"}}
}

test_config if {
	found := secret_env.deny with input as {"leaks": [leak("the content of config \"app\"")], "services": []}
	found == {{"at": at, "msg": "the content of config \"app\" holds a secret: abc**** (name)"}}
}

test_clean if {
	found := secret_env.deny with input as {"leaks": [], "services": [{"name": "web", "leaks": []}]}
	count(found) == 0
}
