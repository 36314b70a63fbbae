# METADATA
# title: Workload has too few or too many replicas
# description: >-
#   One pod is away whenever its node is; how many a service needs at least, and may have at most, is a
#   decision of those who run the cluster. Without configured bounds nothing is judged.
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:minimum-three-replicas
#     - gatekeeper:K8sReplicaLimits
#   parameters:
#     minimum:
#       description: The least replicas that a workload may have; 0 is any number.
#       default: 0
#       example: 2
#       stricter: higher
#     maximum:
#       description: The most replicas that a workload may have; 0 is any number.
#       default: 0
#   remediation: Change replicas, or let a HorizontalPodAutoscaler hold the number.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       replicas: 1
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
#       replicas: 3
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.replica_count

deny contains {"at": ["workload", "replicas"], "msg": msg} if {
	least := data.parameters.kubernetes.replica_count.minimum
	input.workload.replicas.set
	input.workload.replicas.value < least
	msg := sprintf("there are %d replicas, below %d", [input.workload.replicas.value, least])
}

deny contains {"at": ["workload", "replicas"], "msg": msg} if {
	most := data.parameters.kubernetes.replica_count.maximum
	most > 0
	input.workload.replicas.value > most
	msg := sprintf("there are %d replicas, above %d", [input.workload.replicas.value, most])
}
