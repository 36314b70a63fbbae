# METADATA
# title: Two Ingresses claim the same host and path
# description: >-
#   Which of them answers depends on the controller and on their age: a new one may take the requests of
#   another team, or get none.
# custom:
#   severity: low
#   cwe: [694]
#   equivalent:
#     - gatekeeper:K8sUniqueIngressHost
#   remediation: Give one of them another host or path.
#   bad: |
#     -- ledger.yaml --
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       tls: [{hosts: [ledger.example.com]}]
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ledger, port: {number: 80}}}}]}
#     -- books.yaml --
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: books, namespace: payments}
#     spec:
#       tls: [{hosts: [ledger.example.com]}]
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: books, port: {number: 80}}}}]}
#   good: |
#     -- ledger.yaml --
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       tls: [{hosts: [ledger.example.com]}]
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ledger, port: {number: 80}}}}]}
#     -- books.yaml --
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: books, namespace: payments}
#     spec:
#       tls: [{hosts: [ledger.example.com]}]
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /books, pathType: Prefix, backend: {service: {name: books, port: {number: 80}}}}]}
package policies.project.ingress_host_twice

deny contains {"at": array.concat(["kubernetes", i], host.at), "msg": msg, "related": [["kubernetes", k] | some k in others]} if {
	some i, doc in input.kubernetes
	some ingress in doc.ingresses
	some host in ingress.hosts
	some path in host.paths
	others := claims[host.name][path] - {i}
	count(others) > 0
	ingress.class in {x.class | some k in others; some x in input.kubernetes[k].ingresses}
	some k in others
	[doc.name, doc.namespace] != named[k] # the same object for several clusters stands in several folders
	msg := sprintf("another Ingress claims %s%s as well", [host.name, path])
}

claims[host.name][path] contains i if {
	some i, doc in input.kubernetes
	some ingress in doc.ingresses
	some host in ingress.hosts
	host.name != ""
	some path in host.paths
}

named[i] := [doc.name, doc.namespace] if some i, doc in input.kubernetes
