package policies.kubernetes.secret_manifest_test

import data.policies.kubernetes.secret_manifest

at := ["object", "data", "password"]

entry(found) := {"name": "password", "at": at, "secret": {"found": found, "reason": "name", "masked": "abc****"}}

test_plain if {
	found := secret_manifest.deny with input as {"kind": "Secret", "name": "web", "entries": [entry(true)]}
	found == {{"at": at, "msg": "Secret \"web\" is in the repository with its value \"password\": abc**** (name)"}}
}

test_placeholder if {
	found := secret_manifest.deny with input as {"kind": "Secret", "name": "web", "entries": [entry(false)]}
	count(found) == 0
}

test_other_kind if {
	found := secret_manifest.deny with input as {"kind": "ConfigMap", "name": "web", "entries": [entry(true)]}
	count(found) == 0
}
