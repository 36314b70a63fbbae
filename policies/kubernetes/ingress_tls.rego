# METADATA
# title: Ingress has a host without a certificate
# description: >-
#   Everything between the user and the proxy, with passwords and sessions, can be read and changed on
#   the way.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
# custom:
#   severity: medium
#   cwe: [319]
#   equivalent:
#     - gatekeeper:K8sHttpsOnly
#     - kubescape:C-0274
#   remediation: Name the host under tls, with a Secret that holds its certificate.
#   bad: |
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger}
#     spec:
#       ingressClassName: haproxy
#       rules:
#         - host: ledger.example.com
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
#     ---
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: alb, annotations: {alb.ingress.kubernetes.io/certificate-arn: "arn:aws:acm:eu-west-1:1:certificate/1"}}
#     spec:
#       ingressClassName: haproxy
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ledger, port: {number: 80}}}}]}
package policies.kubernetes.ingress_tls

deny contains {"at": ["ingresses", i, "hosts", j], "msg": msg} if {
	some i, ingress in input.ingresses
	some j, host in ingress.hosts
	not host.encrypted
	msg := sprintf("there is no certificate for %s", [named(host.name)])
}

named("") := "requests for any host"

named(name) := name if name != ""
