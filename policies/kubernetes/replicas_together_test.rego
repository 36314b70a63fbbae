package policies.kubernetes.replicas_together_test

import data.policies.kubernetes.replicas_together

found(kind, replicas, spread, patch) := count(deny) if {
	deny := replicas_together.deny with input as {"kind": kind, "patch": patch, "workload": {"replicas": {"value": replicas}}, "pods": [{"spread": spread}]}
}

test_together if {
	found("Deployment", 2, false, false) == 1
	found("Deployment", 1, false, false) == 0
	found("Deployment", 2, true, false) == 0
	found("Deployment", 2, false, true) == 0
	found("DaemonSet", 2, false, false) == 0
}
