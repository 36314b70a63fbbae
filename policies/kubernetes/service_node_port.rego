# METADATA
# title: Service opens a port on every node
# description: >-
#   A NodePort is reachable at each address of each node, past the Ingress and what it checks, and past
#   a firewall that knows the load balancer alone.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
# custom:
#   severity: medium
#   cwe: [668]
#   equivalent:
#     - kube-linter:exposed-services
#     - gatekeeper:K8sBlockNodePort
#     - kyverno:restrict-node-port
#     - kubescape:C-0256
#     - kics:service type is nodeport
#   remediation: Use a Service of type ClusterIP behind an Ingress or a Gateway.
#   bad: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger}
#     spec: {type: NodePort, selector: {app: ledger}, ports: [{port: 80}]}
#   good: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger}
#     spec: {selector: {app: ledger}, ports: [{port: 80}]}
package policies.kubernetes.service_node_port

deny contains {"at": ["services", i, "type"], "msg": "the service has a port on every node"} if {
	some i, service in input.services
	service.type == "NodePort"
}
