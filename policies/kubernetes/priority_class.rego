# METADATA
# title: Workload takes the priority of the cluster's own parts
# description: >-
#   system-node-critical and system-cluster-critical are for what a cluster cannot do without. Other
#   pods with them push the network, DNS and storage off a full node.
# related_resources:
#   - https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/
# custom:
#   severity: low
#   cwe: [770]
#   equivalent:
#     - kube-linter:priority-class-name
#   parameters:
#     allowed:
#       description: The priority classes that pods may have; without one every class will do.
#       default: []
#   remediation: Make a PriorityClass for the workload, and name that.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           priorityClassName: system-cluster-critical
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#   good: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           priorityClassName: payments
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     ---
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: dns, namespace: kube-system}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           priorityClassName: system-cluster-critical
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.priority_class

deny contains {"at": ["pods", i, "priority_class"], "msg": msg} if {
	some i, pod in input.pods
	startswith(pod.priority_class, "system-")
	not input.namespace in {"", "kube-system"}
	msg := sprintf("the pod has the priority %s outside of kube-system", [pod.priority_class])
}

deny contains {"at": ["pods", i, "priority_class"], "msg": msg} if {
	allowed := data.parameters.kubernetes.priority_class.allowed
	count(allowed) > 0
	some i, pod in input.pods
	not pod.priority_class in allowed
	msg := sprintf("the priority class %q is not among those that are allowed", [pod.priority_class])
}
