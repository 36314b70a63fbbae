package policies.kubernetes.secret_manifest_test

import data.policies.kubernetes.secret_manifest

at := ["object", "data", "password"]

entry(found) := {"name": "password", "at": at, "secret": {"found": found, "reason": "name", "masked": "abc****"}}

test_plain if {
	found := secret_manifest.deny with input as {"kind": "Secret", "live": false, "name": "web", "entries": [entry(true)]}
	found == {{"at": at, "msg": "Secret \"web\" is in the repository with its value \"password\": abc**** (name)"}}
}

test_placeholder if {
	found := secret_manifest.deny with input as {"kind": "Secret", "live": false, "name": "web", "entries": [entry(false)]}
	count(found) == 0
}

test_other_kind if {
	found := secret_manifest.deny with input as {"kind": "ConfigMap", "live": false, "name": "web", "entries": [entry(true)]}
	count(found) == 0
}

# In a cluster, a Secret is where a secret belongs.
test_live if {
	found := secret_manifest.deny with input as {"kind": "Secret", "live": true, "name": "web", "entries": [entry(true)]}
	count(found) == 0
}
