# METADATA
# title: Object is written for a version of the API that is gone
# description: >-
#   The API server does not know the version any more and refuses the object: the file has not been
#   applied for a long time, or the next upgrade stops it.
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# custom:
#   severity: medium
#   equivalent:
#     - trivy:KSV-0107
#     - kube-linter:no-extensions-v1beta
#     - kyverno:check-deprecated-apis
#     - kics:object is using a deprecated api version
#     - gatekeeper:VerifyDeprecatedAPI
#   parameters:
#     minor:
#       description: The minor version of the cluster, such as 37 for Kubernetes 1.37.
#       default: 37
#       stricter: higher
#   remediation: Rewrite the object for the version that the message names.
#   bad: |
#     apiVersion: extensions/v1beta1
#     kind: Ingress
#     metadata: {name: ledger}
#     spec: {backend: {serviceName: ledger, servicePort: 80}}
#   good: |
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger}
#     spec: {ingressClassName: haproxy, defaultBackend: {service: {name: ledger, port: {number: 80}}}}
package policies.kubernetes.api_removed

deny contains {"at": ["api_version"], "msg": msg} if {
	api := data.tables.kubernetes_apis.removed[input.api_version][input.kind]
	api.minor <= data.parameters.kubernetes.api_removed.minor
	msg := sprintf("%s %s was removed in Kubernetes 1.%d: %s", [input.api_version, input.kind, api.minor, api.instead])
}
