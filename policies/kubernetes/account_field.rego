# METADATA
# title: Pod names its account by the field of earlier versions
# description: >-
#   serviceAccount is an alias that is only kept for old clients. Where both fields are written and
#   differ, the API server takes serviceAccountName, whatever the other one says.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:deprecated-service-account-field
#     - kubescape:C-0294
#   remediation: Rename serviceAccount to serviceAccountName.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       serviceAccount: ledger
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       serviceAccountName: ledger
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.account_field

deny contains {"at": ["pods", i, "account_field"], "msg": "the pod has serviceAccount, which serviceAccountName replaced"} if {
	some i, pod in input.pods
	pod.account_field != ""
}
