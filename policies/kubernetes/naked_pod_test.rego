package policies.kubernetes.naked_pod_test

import data.policies.kubernetes.naked_pod

found(kind, owned, long) := count(deny) if {
	deny := naked_pod.deny with input as {"kind": kind, "name": "a", "owned": owned, "patch": false, "pods": [{"long_running": long}]}
}

test_naked if {
	found("Pod", false, true) == 1
	found("Pod", true, true) == 0
	found("Pod", false, false) == 0
	found("Deployment", false, true) == 0
}
