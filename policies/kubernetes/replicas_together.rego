# METADATA
# title: Replicas may all run on one node
# description: >-
#   Several replicas are there so that one node may fail. The scheduler spreads them where it can, and
#   has nothing to hold it to that on a full or small cluster.
# related_resources:
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:no-anti-affinity
#     - kics:deployment has no podantiaffinity
#     - kics:statefulset has no podantiaffinity
#   remediation: Add topologySpreadConstraints for kubernetes.io/hostname, or a podAntiAffinity.
#   bad: |
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
#           topologySpreadConstraints: [{maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: ledger}}}]
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     ---
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: single}
#     spec:
#       replicas: 1
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.replicas_together

deny contains {"at": ["pods", i, "spread"], "msg": msg} if {
	input.workload.replicas.value > 1
	input.kind in {"Deployment", "StatefulSet"}
	not input.patch
	some i, pod in input.pods
	not pod.spread
	msg := sprintf("nothing keeps the %d replicas apart", [input.workload.replicas.value])
}
