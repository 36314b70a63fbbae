package policies.project.disruption_budget_replicas_test

import data.policies.project.disruption_budget_replicas

deployment(replicas) := {
	"kind": "Deployment", "name": "a", "namespace": "n", "workload": {"replicas": {"set": true, "value": replicas}},
	"budgets": [], "pods": [{"labels": {"app": "a"}}],
}

budget(least) := {
	"kind": "PodDisruptionBudget", "name": "a", "namespace": "n", "pods": [],
	"budgets": [{"min_available": least, "selector": {"everything": true}}],
}

found(replicas, least) := count(deny) if deny := disruption_budget_replicas.deny with input as {"kubernetes": [deployment(replicas), budget(least)]}

test_replicas if {
	found(2, "2") == 1
	found(3, "2") == 0
	found(2, "50%") == 0
}
