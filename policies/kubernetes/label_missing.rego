# METADATA
# title: Object lacks a label or an annotation that is required
# description: >-
#   Labels say whom to call, what to bill, and what belongs together. Without a configured list nothing
#   is judged.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:required-annotation-email
#     - kube-linter:required-label-owner
#     - kubescape:C-0076
#     - kubescape:C-0077
#     - gatekeeper:K8sRequiredLabels
#     - gatekeeper:K8sRequiredAnnotations
#     - kyverno:require-labels
#   parameters:
#     labels:
#       description: The labels that objects must have.
#       default: []
#       example: [app.kubernetes.io/name]
#     annotations:
#       description: The annotations that objects must have.
#       default: []
#     kinds:
#       description: The kinds of objects that are judged.
#       default: [Deployment, StatefulSet, DaemonSet, CronJob, Job, Pod, Service, Ingress, Namespace]
#   remediation: Add the label or the annotation to metadata.
#   bad: |
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
#   good: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, labels: {app.kubernetes.io/name: ledger, team: payments}}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.label_missing

deny contains {"at": ["labels", key], "msg": msg} if {
	some key in data.parameters.kubernetes.label_missing.labels
	judged
	object.get(input.labels, key, "") == ""
	msg := sprintf("%s %q has no label %s", [input.kind, input.name, key])
}

deny contains {"at": ["annotations", key], "msg": msg} if {
	some key in data.parameters.kubernetes.label_missing.annotations
	judged
	object.get(input.annotations, key, "") == ""
	msg := sprintf("%s %q has no annotation %s", [input.kind, input.name, key])
}

judged if {
	not input.template
	not input.patch
	not input.owned
	input.kind in data.parameters.kubernetes.label_missing.kinds
}
