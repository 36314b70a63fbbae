package policies.kubernetes.liveness_probe_test

import data.policies.kubernetes.liveness_probe

found(patch, c) := count(deny) if {
	deny := liveness_probe.deny with input as {"patch": patch, "containers": [object.union({"name": "a", "watched": true, "serves": true, "handlers": []}, c)]}
}

test_probe if {
	found(false, {}) == 1
	found(false, {"handlers": [{"name": "livenessProbe"}]}) == 0
	found(false, {"handlers": [{"name": "startupProbe"}]}) == 1
	found(false, {"watched": false}) == 0
	found(false, {"serves": false}) == 0
	found(true, {}) == 0
}
