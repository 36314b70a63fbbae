# METADATA
# title: Disruption budget demands as many pods as there are
# description: >-
#   No pod may be evicted then, and the node of each cannot be drained: upgrades of the cluster stop
#   there.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:pdb-min-available
#     - gatekeeper:K8sPodDisruptionBudget
#   remediation: Set maxUnavailable to 1, or minAvailable below the number of replicas.
#   bad: |
#     -- ledger.yaml --
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       replicas: 2
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     -- budget.yaml --
#     apiVersion: policy/v1
#     kind: PodDisruptionBudget
#     metadata: {name: ledger, namespace: payments}
#     spec: {minAvailable: 2, unhealthyPodEvictionPolicy: AlwaysAllow, selector: {matchLabels: {app: ledger}}}
#   good: |
#     -- ledger.yaml --
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       replicas: 3
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     -- budget.yaml --
#     apiVersion: policy/v1
#     kind: PodDisruptionBudget
#     metadata: {name: ledger, namespace: payments}
#     spec: {minAvailable: 2, unhealthyPodEvictionPolicy: AlwaysAllow, selector: {matchLabels: {app: ledger}}}
package policies.project.disruption_budget_replicas

import data.policies.lib.workload

deny contains {"at": ["kubernetes", i, "budgets", j, "min_available"], "msg": msg, "related": [["kubernetes", k, "workload", "replicas"]]} if {
	some i, doc in input.kubernetes
	some j, budget in doc.budgets
	regex.match(`^[0-9]+$`, budget.min_available)
	some [k, _] in workload.selected(budget.selector)
	other := input.kubernetes[k]
	workload.near(doc.namespace, other.namespace)
	other.workload.replicas.set
	count(workload.selected(budget.selector)) == 1
	to_number(budget.min_available) >= other.workload.replicas.value
	msg := sprintf("minAvailable is %s, and %s %q has %d replicas", [budget.min_available, other.kind, other.name, other.workload.replicas.value])
}
