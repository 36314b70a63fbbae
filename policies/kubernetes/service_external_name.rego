# METADATA
# title: Service stands for a place that requests must not be sent to
# description: >-
#   An Ingress or a proxy follows an ExternalName from outside: to its own loopback, to the provider's
#   metadata with the node's credentials, or to the API server. An IP address works nowhere as a name.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#externalname
# custom:
#   severity: medium
#   cwe: [918]
#   remediation: Name a host outside of the cluster, or make an EndpointSlice for an address.
#   bad: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger}
#     spec: {type: ExternalName, externalName: metadata.google.internal}
#   good: |
#     apiVersion: v1
#     kind: Service
#     metadata: {name: ledger}
#     spec: {type: ExternalName, externalName: database.example.com}
package policies.kubernetes.service_external_name

deny contains {"at": ["services", i, "external_name"], "msg": msg} if {
	some i, service in input.services
	what := places[service.leads]
	msg := sprintf("the service stands for %s, which is %s", [service.external_name, what])
}

places := {
	"loopback": "the loopback of whoever asks", "metadata": "the provider's metadata", "api": "the API server",
	"address": "an address and no name",
}
