# METADATA
# title: Workload does not select its own pods
# description: >-
#   The API server refuses a workload whose selector does not match the labels of its template.
# custom:
#   severity: medium
#   equivalent:
#     - kube-linter:mismatching-selector
#     - kubescape:C-0296
#   remediation: Give the template the labels that the selector asks for.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       selector: {matchLabels: {app: ledger, tier: back}}
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
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.selector_mismatch

deny contains {"at": ["workload", "selector"], "msg": msg} if {
	count(input.workload.mismatch) > 0
	not input.patch
	msg := sprintf("the template does not have the label %s as the selector asks for it", [concat(", ", input.workload.mismatch)])
}
