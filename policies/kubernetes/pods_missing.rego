# METADATA
# title: Workload whose containers cannot be found
# description: >-
#   The object says that it runs pods, and no container stands where they belong: a misspelt or misplaced
#   key, or a part of an object that something else completes. Whatever it runs in the end has not been judged.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/pods/#pod-templates
# custom:
#   severity: high
#   cwe: [1188]
#   equivalent: []
#   remediation: Write the containers where the Kubernetes API reference has them; name a patch in the kustomization that applies it.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata:
#       name: ledger
#     spec:
#       selector:
#         matchLabels: {app: ledger}
#       temlate:
#         metadata:
#           labels: {app: ledger}
#         spec:
#           containers:
#             - name: ledger
#               image: registry.example.com/ledger:1.4.0
#   good: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata:
#       name: ledger
#     spec:
#       selector:
#         matchLabels: {app: ledger}
#       template:
#         metadata:
#           labels: {app: ledger}
#         spec:
#           containers:
#             - name: ledger
#               image: registry.example.com/ledger:1.4.0
package policies.kubernetes.pods_missing

runs_pods := {
	"v1": {"Pod", "ReplicationController"},
	"apps/v1": {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"},
	"batch/v1": {"Job", "CronJob"},
}

deny contains {"at": ["kind"], "msg": msg} if {
	count(input.containers) == 0
	input.kind in runs_pods[input.api_version]
	not input.patch
	msg := sprintf("this %s has no containers where its pods stand", [input.kind])
}
