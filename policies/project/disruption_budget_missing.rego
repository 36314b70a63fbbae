# METADATA
# title: Replicas may all be evicted at once
# description: >-
#   Draining nodes for an upgrade takes the pods away as fast as it can. A disruption budget says how
#   many have to stay, and costs a few lines.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: low
#   equivalent:
#     - kics:deployment without poddisruptionbudget
#     - kics:statefulset without poddisruptionbudget
#   remediation: Add a PodDisruptionBudget that selects the pods.
#   bad: |
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
#     spec: {maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: {matchLabels: {app: ledger}}}
#     -- single.yaml --
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: single, namespace: payments}
#     spec:
#       replicas: 1
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.project.disruption_budget_missing

import data.policies.lib.workload

deny contains {"at": ["kubernetes", i, "workload", "replicas"], "msg": msg} if {
	not workload.rendered
	some i, doc in input.kubernetes
	doc.workload.replicas.value > 1
	doc.kind in {"Deployment", "StatefulSet"}
	not doc.patch
	not kept[[i, 0]]
	msg := sprintf("nothing keeps the %d replicas of %s %q from being evicted together", [doc.workload.replicas.value, doc.kind, doc.name])
}

kept contains place if {
	some doc in input.kubernetes
	some budget in doc.budgets
	some place in workload.selected(budget.selector)
	workload.near(doc.namespace, input.kubernetes[place[0]].namespace)
}
