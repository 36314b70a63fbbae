# METADATA
# title: Ingress puts its own text into the proxy's configuration
# description: >-
#   A snippet runs in a proxy that serves everybody, and can read its files: the token of its account,
#   and with ingress-nginx every Secret of the cluster (CVE-2021-25742).
# related_resources:
#   - https://github.com/kubernetes/ingress-nginx/issues/7837
# custom:
#   severity: high
#   cwe: [94]
#   equivalent:
#     - checkov:CKV_K8S_152
#     - checkov:CKV_K8S_153
#     - checkov:CKV_K8S_154
#     - kubescape:C-0059
#   remediation: Remove the annotation, and use what the controller has settings for.
#   bad: |
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger, annotations: {nginx.ingress.kubernetes.io/server-snippet: "return 200;"}}
#     spec:
#       ingressClassName: haproxy
#       tls: [{hosts: [ledger.example.com], secretName: ledger-tls}]
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ledger, port: {number: 80}}}}]}
#   good: |
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger, annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 1m}}
#     spec:
#       ingressClassName: haproxy
#       tls: [{hosts: [ledger.example.com], secretName: ledger-tls}]
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ledger, port: {number: 80}}}}]}
package policies.kubernetes.ingress_snippet

deny contains {"at": ["ingresses", i, "snippets", j], "msg": msg} if {
	some i, ingress in input.ingresses
	some j, key in ingress.snippets
	msg := sprintf("the annotation %s holds configuration of the proxy", [key])
}
