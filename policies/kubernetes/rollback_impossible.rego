# METADATA
# title: Workload keeps no version to go back to
# description: >-
#   kubectl rollout undo needs the version before: with revisionHistoryLimit 0 the way back leads
#   through a build or somebody's memory.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy
# custom:
#   severity: low
#   remediation: Remove revisionHistoryLimit, or set it to 2 or more.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       revisionHistoryLimit: 0
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
#       revisionHistoryLimit: 2
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.rollback_impossible

deny contains {"at": ["workload", "history"], "msg": "revisionHistoryLimit is 0, so no earlier version is kept"} if {
	input.workload.history.set
	input.workload.history.value == 0
}
