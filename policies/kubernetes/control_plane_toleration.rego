# METADATA
# title: Pod may run beside the API server
# description: >-
#   Nodes of the control plane hold the keys of the cluster: who gets out of a container there has all
#   of it. The taint keeps applications away, and this pod ignores it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
# custom:
#   severity: medium
#   cwe: [653]
#   remediation: Remove the toleration, or name the taints that the pod is meant for.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           tolerations: [{key: node-role.kubernetes.io/control-plane, effect: NoSchedule, operator: Exists}]
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#   good: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           tolerations: [{key: spot, operator: Exists}, {key: node.kubernetes.io/not-ready, effect: NoExecute, operator: Exists}]
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     ---
#     apiVersion: apps/v1
#     kind: DaemonSet
#     metadata: {name: agent}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           tolerations: [{operator: Exists}]
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.control_plane_toleration

# An agent of a DaemonSet is meant for every node, and what runs in kube-system for the cluster.
deny contains {"at": ["pods", i, "tolerations", j], "msg": "the pod may run on nodes of the control plane"} if {
	some i, pod in input.pods
	some j, toleration in pod.tolerations
	toleration.control_plane
	input.kind != "DaemonSet"
	input.namespace != "kube-system"
	not input.vouched
}
