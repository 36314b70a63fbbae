# METADATA
# title: Pod has nobody who starts it again
# description: >-
#   A pod that no controller has made is gone with its node, and is never updated.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/overview/
# custom:
#   severity: low
#   equivalent:
#     - kubescape:C-0073
#   remediation: Make it the template of a Deployment, a StatefulSet, a DaemonSet or a Job.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#     ---
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: test}
#     spec:
#       restartPolicy: Never
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#     ---
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: owned, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: ledger, uid: "1"}]}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.naked_pod

deny contains {"at": ["kind"], "msg": msg} if {
	input.kind == "Pod"
	not input.owned
	not input.patch
	some pod in input.pods
	pod.long_running
	msg := sprintf("nothing starts the pod %q again when its node is gone", [input.name])
}
