# METADATA
# title: Containers of the pod see each other's processes
# description: >-
#   Every container can read the environment and the open files of the others by /proc, and signal them
#   where the users are the same: one that is broken into gives all away.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
# custom:
#   severity: low
#   cwe: [668]
#   remediation: Remove shareProcessNamespace.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       shareProcessNamespace: true
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       shareProcessNamespace: false
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.shared_processes

deny contains {"at": ["pods", i, "shared_processes"], "msg": "the containers of the pod share their processes"} if {
	some i, pod in input.pods
	pod.shared_processes
}
