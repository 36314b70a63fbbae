# METADATA
# title: Workload is for kube-system
# description: >-
#   The accounts of kube-system have rights over the whole cluster, and a pod there may act as each of
#   them. Policies mostly leave the namespace out.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: low
#   equivalent:
#     - trivy:KSV-0037
#   remediation: Make a namespace for the application, and name that.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: kube-system}
#     spec:
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
#     metadata: {name: ledger, namespace: payments}
#     spec:
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
#     metadata: {name: csi-driver, namespace: kube-system}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           priorityClassName: system-cluster-critical
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.namespace_system

# What the cluster cannot do without says so by its priority.
deny contains {"at": ["namespace"], "msg": msg} if {
	input.namespace == "kube-system"
	some pod in input.pods
	not startswith(pod.priority_class, "system-")
	not input.owned
	msg := sprintf("%s %q is for kube-system", [input.kind, input.name])
}
