# METADATA
# title: API server trusts whoever answers for a part of the API
# description: >-
#   With insecureSkipTLSVerify the API server hands requests, with the users' names and rights in them,
#   to any server that takes the address.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/api-service-v1/
# custom:
#   severity: high
#   cwe: [295]
#   remediation: Give the certificate of the authority in caBundle, and remove insecureSkipTLSVerify.
#   bad: |
#     apiVersion: apiregistration.k8s.io/v1
#     kind: APIService
#     metadata: {name: v1beta1.metrics.k8s.io}
#     spec: {group: metrics.k8s.io, version: v1beta1, insecureSkipTLSVerify: true, service: {name: metrics-server, namespace: kube-system}}
#   good: |
#     apiVersion: apiregistration.k8s.io/v1
#     kind: APIService
#     metadata: {name: v1beta1.metrics.k8s.io}
#     spec: {group: metrics.k8s.io, version: v1beta1, caBundle: LS0t, service: {name: metrics-server, namespace: kube-system}}
package policies.kubernetes.api_service_insecure

deny contains {"at": ["object", "spec", "insecureSkipTLSVerify"], "msg": msg} if {
	input.kind == "APIService"
	input.object.spec.insecureSkipTLSVerify == true
	msg := sprintf("%s is served by whoever answers", [input.name])
}
