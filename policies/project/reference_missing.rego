# METADATA
# title: Object names another that is not beside it
# description: >-
#   The tree has objects of that kind for the namespace, and none of that name: requests end in an
#   error, or the workload does not start.
# custom:
#   severity: low
#   equivalent:
#     - kube-linter:dangling-horizontalpodautoscaler
#     - gatekeeper:K8sHorizontalPodAutoscaler
#     - kube-linter:dangling-ingress
#     - kube-linter:non-existent-service-account
#     - kubescape:C-0298
#     - kubescape:C-0300
#     - kubescape:C-0302
#     - kubescape:C-0307
#     - kics:hpa targets invalid object
#     - kics:statefulsets without service name
#   remediation: Correct the name, or add the object.
#   bad: |
#     -- service.yaml --
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger, namespace: payments}
#     spec: {selector: {app: ledger}, ports: [{port: 80}]}
#     -- ingress.yaml --
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       tls: [{hosts: [ledger.example.com]}]
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: legder, port: {number: 80}}}}]}
#   good: |
#     -- service.yaml --
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger, namespace: payments}
#     spec: {selector: {app: ledger}, ports: [{port: 80}]}
#     -- ingress.yaml --
#     apiVersion: networking.k8s.io/v1
#     kind: Ingress
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       tls: [{hosts: [ledger.example.com]}]
#       rules:
#         - host: ledger.example.com
#           http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: ledger, port: {number: 80}}}}]}
#     -- deployment.yaml --
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger, namespace: payments}
#     spec:
#       selector: {matchLabels: {app: ledger}}
#       template:
#         metadata: {labels: {app: ledger}}
#         spec:
#           serviceAccountName: made-elsewhere
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.project.reference_missing

import data.policies.lib.workload

deny contains {"at": array.concat(["kubernetes", i], reference.at), "msg": msg} if {
	not workload.rendered
	some i, doc in input.kubernetes
	some reference in doc.references
	not doc.patch
	names := there[reference.kind][reference.namespace]
	not reference.name in names
	not reference.name in object.get(there, [reference.kind, ""], set())
	msg := sprintf("%s %q names the %s %q, which the tree does not have", [doc.kind, doc.name, reference.kind, reference.name])
}

there[doc.kind][doc.namespace] contains doc.name if {
	some doc in input.kubernetes
	doc.kind in {"Service", "ServiceAccount", "Deployment", "StatefulSet", "Role"}
}
