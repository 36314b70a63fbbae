# METADATA
# title: Load balancer lets in the whole Internet
# description: >-
#   Without source ranges a Service of type LoadBalancer is open to everybody, at a layer where nobody
#   logs in and nothing is filtered.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
# custom:
#   severity: medium
#   cwe: [668]
#   equivalent:
#     - kube-linter:exposed-services
#     - gatekeeper:K8sBlockLoadBalancer
#     - kubescape:C-0256
#     - kics:service with external load balance
#   remediation: Name the networks in loadBalancerSourceRanges, ask the provider for an internal load balancer, or go through an Ingress or a Gateway.
#   bad: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger}
#     spec: {type: LoadBalancer, selector: {app: ledger}, ports: [{port: 443}]}
#   good: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger}
#     spec: {type: LoadBalancer, loadBalancerSourceRanges: [192.0.2.0/24], selector: {app: ledger}, ports: [{port: 443}]}
#     ---
#     apiVersion: v1
#     kind: Service
#     metadata: {name: inner, annotations: {networking.gke.io/load-balancer-type: Internal}}
#     spec: {type: LoadBalancer, selector: {app: ledger}, ports: [{port: 443}]}
package policies.kubernetes.service_load_balancer

deny contains {"at": ["services", i, "source_ranges"], "msg": "the load balancer lets in every address"} if {
	some i, service in input.services
	service.type == "LoadBalancer"
	service.source_ranges == []
	not service.internal
}
