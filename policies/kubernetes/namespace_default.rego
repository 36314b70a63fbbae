# METADATA
# title: Object is for the namespace default
# description: >-
#   What has no place of its own shares the quotas, the network policies, the roles and the default
#   account of everything else that landed there.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   severity: low
#   equivalent:
#     - trivy:KSV-0110
#     - checkov:CKV_K8S_21
#     - kube-linter:use-namespace
#     - kubescape:C-0061
#     - kyverno:disallow-default-namespace
#     - cis-kubernetes:5.6.4
#     - kics:using default namespace
#   remediation: Make a namespace for the application, and name that.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: default}
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
package policies.kubernetes.namespace_default

deny contains {"at": ["namespace"], "msg": msg} if {
	input.namespace == "default"
	count(input.pods) + count(input.services) > 0
	input.name != "kubernetes" # the API server's own service
	msg := sprintf("%s %q is for the namespace default", [input.kind, input.name])
}
