package policies.project.selector_unmatched_test

import data.policies.project.selector_unmatched

doc(kind, namespace, rest) := object.union(
	{"kind": kind, "name": "a", "namespace": namespace, "template": false, "patch": false, "pods": [], "services": [], "network_policies": [], "budgets": []},
	rest,
)

deployment := doc("Deployment", "n", {"pods": [{"labels": {"app": "a"}}]})

service(namespace, app) := doc("Service", namespace, {"services": [{"selector": {"app": app}}]})

selector(app) := [{"selector": {"everything": false, "labels": {"app": app}, "expressions": []}}]

policy(app) := doc("NetworkPolicy", "n", {"network_policies": selector(app)})

budget(app) := doc("PodDisruptionBudget", "n", {"budgets": selector(app)})

found(other) := count(deny) if deny := selector_unmatched.deny with input as {"kubernetes": [deployment, other]}

test_unmatched if {
	found(service("n", "b")) == 1
	found(service("n", "a")) == 0
	found(service("m", "b")) == 0
	found(policy("b")) == 1
	found(policy("a")) == 0
	found(budget("b")) == 1
	found(object.union(policy("b"), {"template": true})) == 0
	found(object.union(policy("b"), {"patch": true})) == 0
}
