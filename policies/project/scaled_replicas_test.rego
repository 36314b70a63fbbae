package policies.project.scaled_replicas_test

import data.policies.project.scaled_replicas

deployment(set) := {"kind": "Deployment", "name": "a", "namespace": "n", "autoscalers": [], "workload": {"replicas": {"set": set, "value": 3}}}

scaler(namespace) := {
	"kind": "HorizontalPodAutoscaler", "name": "s", "namespace": namespace, "workload": {"replicas": {"set": false, "value": 0}},
	"autoscalers": [{"target_kind": "Deployment", "target": "a"}],
}

found(set, namespace) := count(deny) if deny := scaled_replicas.deny with input as {"kubernetes": [deployment(set), scaler(namespace)]}

test_replicas if {
	found(true, "n") == 1
	found(false, "n") == 0
	found(true, "m") == 0
}
