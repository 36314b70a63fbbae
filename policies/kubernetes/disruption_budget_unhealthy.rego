# METADATA
# title: Disruption budget protects pods that do not work
# description: >-
#   By default a pod that never became ready counts like one that did: a workload that crashes keeps its
#   node from being drained.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:pdb-unhealthy-pod-eviction-policy
#   remediation: Set unhealthyPodEvictionPolicy to AlwaysAllow.
#   bad: |
#     apiVersion: policy/v1
#     kind: PodDisruptionBudget
#     metadata: {name: ledger}
#     spec: {maxUnavailable: 1, selector: {matchLabels: {app: ledger}}}
#   good: |
#     apiVersion: policy/v1
#     kind: PodDisruptionBudget
#     metadata: {name: ledger}
#     spec: {maxUnavailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow, selector: {matchLabels: {app: ledger}}}
package policies.kubernetes.disruption_budget_unhealthy

deny contains {"at": ["budgets", i, "unhealthy_policy"], "msg": "pods that are not ready may keep a node from being drained"} if {
	some i, budget in input.budgets
	budget.unhealthy_policy == ""
	not budget.blocks # kubernetes/disruption_budget_blocking says it
}
