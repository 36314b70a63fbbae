package policies.kubernetes.secret_configmap_test

import data.policies.kubernetes.secret_configmap

at := ["object", "data", "TOKEN"]

entry(found) := {"name": "TOKEN", "at": at, "secret": {"found": found, "reason": "name", "masked": "abc****"}}

test_secret if {
	found := secret_configmap.deny with input as {"kind": "ConfigMap", "name": "web", "entries": [entry(true)]}
	found == {{"at": at, "msg": "ConfigMap \"web\" holds a secret under \"TOKEN\": abc**** (name)"}}
}

test_plain if {
	found := secret_configmap.deny with input as {"kind": "ConfigMap", "name": "web", "entries": [entry(false)]}
	count(found) == 0
}

test_other_kind if {
	found := secret_configmap.deny with input as {"kind": "Secret", "name": "web", "entries": [entry(true)]}
	count(found) == 0
}
