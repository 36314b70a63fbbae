# METADATA
# title: Disruption budget allows no disruption
# description: >-
#   A node with such a pod cannot be drained: upgrades of the cluster stop there, until somebody deletes
#   the pod by force.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:pdb-max-unavailable
#     - kube-linter:pdb-min-available
#     - gatekeeper:K8sPodDisruptionBudget
#   remediation: Set maxUnavailable to 1, or minAvailable below the number of replicas.
#   bad: |
#     apiVersion: policy/v1
#     kind: PodDisruptionBudget
#     metadata: {name: ledger}
#     spec: {maxUnavailable: 0, selector: {matchLabels: {app: ledger}}}
#   good: |
#     apiVersion: policy/v1
#     kind: PodDisruptionBudget
#     metadata: {name: ledger}
#     spec: {maxUnavailable: 1, selector: {matchLabels: {app: ledger}}}
#     ---
#     apiVersion: policy/v1
#     kind: PodDisruptionBudget
#     metadata: {name: ledger}
#     spec: {minAvailable: 50%, selector: {matchLabels: {app: ledger}}}
package policies.kubernetes.disruption_budget_blocking

deny contains {"at": ["budgets", i, field], "msg": msg} if {
	some i, budget in input.budgets
	budget.blocks
	some field in ["min_available", "max_unavailable"]
	budget[field] != ""
	msg := sprintf("%s of %s lets no pod be evicted", [{"min_available": "minAvailable", "max_unavailable": "maxUnavailable"}[field], budget[field]])
}
