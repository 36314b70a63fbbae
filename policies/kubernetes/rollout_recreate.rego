# METADATA
# title: Deployment with several replicas stops all of them for an update
# description: >-
#   Recreate ends every pod before the first new one starts: the service is away at each rollout, and
#   for good when the new version does not start.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:no-rolling-update-strategy
#     - kubescape:C-0305
#   remediation: Use RollingUpdate; where two versions must not run at once, one replica says so.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       replicas: 3
#       strategy: {type: Recreate}
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#   good: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       replicas: 1
#       strategy: {type: Recreate}
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     ---
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: rolling}
#     spec:
#       replicas: 3
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.rollout_recreate

deny contains {"at": ["workload", "strategy"], "msg": msg} if {
	input.workload.strategy == "Recreate"
	input.workload.replicas.value > 1
	msg := sprintf("an update stops all %d replicas at once", [input.workload.replicas.value])
}
