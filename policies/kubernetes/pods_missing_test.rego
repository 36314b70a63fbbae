package policies.kubernetes.pods_missing_test

import data.policies.kubernetes.pods_missing

found(o) := count(rules) if {
	rules := pods_missing.deny with input as o
}

deployment := {"api_version": "apps/v1", "kind": "Deployment", "containers": [], "patch": false}

test_pods_missing if {
	found(deployment) == 1
	found(object.union(deployment, {"containers": [{"name": "ledger"}]})) == 0
	found(object.union(deployment, {"patch": true})) == 0
	found(object.union(deployment, {"api_version": "example.com/v1"})) == 0
	found(object.union(deployment, {"kind": "ControllerRevision"})) == 0
}
