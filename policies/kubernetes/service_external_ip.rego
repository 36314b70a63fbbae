# METADATA
# title: Service takes an address that is not its own
# description: >-
#   Nodes send what goes to an external IP to the Service, whoever the address belongs to: a Service
#   that names the address of another one reads its traffic (CVE-2020-8554).
# related_resources:
#   - https://github.com/kubernetes/kubernetes/issues/97076
# custom:
#   severity: high
#   cwe: [940]
#   equivalent:
#     - trivy:KSV-0108
#     - gatekeeper:K8sExternalIPs
#     - kyverno:restrict-service-external-ips
#   parameters:
#     allowed:
#       description: Addresses that are known to lead to the cluster and nowhere else.
#       default: []
#   remediation: Remove externalIPs; use a load balancer or an Ingress.
#   bad: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger}
#     spec: {selector: {app: ledger}, externalIPs: [203.0.113.7], ports: [{port: 443}]}
#   good: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger}
#     spec: {selector: {app: ledger}, externalIPs: [], ports: [{port: 443}]}
package policies.kubernetes.service_external_ip

deny contains {"at": ["services", i, "external_ips", j], "msg": msg} if {
	some i, service in input.services
	some j, address in service.external_ips
	not address in data.parameters.kubernetes.service_external_ip.allowed
	msg := sprintf("the service takes what nodes see for %s", [address])
}
