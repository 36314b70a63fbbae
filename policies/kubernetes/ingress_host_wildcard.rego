# METADATA
# title: Ingress takes requests for hosts that it does not name
# description: >-
#   An Ingress without a host, or with a wildcard, answers for every name that nobody else has taken,
#   those of other teams and of tomorrow included.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
# custom:
#   severity: low
#   cwe: [923]
#   equivalent:
#     - gatekeeper:K8sBlockWildcardIngress
#     - kyverno:disallow-empty-ingress-host
#   remediation: Name each host.
#   bad: |
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger}
#     spec:
#       ingressClassName: haproxy
#       tls: [{hosts: ["*.example.com"], secretName: ledger-tls}]
#       rules:
#         - host: "*.example.com"
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ledger, port: {number: 80}}}}]}
#   good: |
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger}
#     spec:
#       ingressClassName: haproxy
#       tls: [{hosts: [ledger.example.com], secretName: ledger-tls}]
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ledger, port: {number: 80}}}}]}
package policies.kubernetes.ingress_host_wildcard

deny contains {"at": ["ingresses", i, "hosts", j], "msg": msg} if {
	some i, ingress in input.ingresses
	some j, host in ingress.hosts
	host.wild
	msg := sprintf("requests for %s come here", [named(host.name)])
}

named("") := "any host"

named(name) := name if name != ""
