package policies.project.disruption_budget_missing_test

import data.policies.project.disruption_budget_missing

deployment(kind, replicas) := {
	"kind": kind, "name": "a", "namespace": "n", "template": false, "patch": false, "workload": {"replicas": {"value": replicas}},
	"budgets": [], "pods": [{"labels": {"app": "a"}}],
}

budget(namespace) := {
	"kind": "PodDisruptionBudget", "name": "a", "namespace": namespace, "template": false, "patch": false, "workload": {"replicas": {"value": 0}},
	"budgets": [{"selector": {"everything": true}}], "pods": [],
}

found(documents) := count(deny) if deny := disruption_budget_missing.deny with input as {"kubernetes": documents}

test_missing if {
	found([deployment("Deployment", 3)]) == 1
	found([deployment("Deployment", 1)]) == 0
	found([deployment("DaemonSet", 3)]) == 0
	found([deployment("Deployment", 3), budget("n")]) == 0
	found([deployment("Deployment", 3), budget("m")]) == 1
}
