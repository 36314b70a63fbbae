# METADATA
# title: Gateway speaks HTTP without TLS, and nothing else
# description: >-
#   Everything between the user and the gateway, with passwords and sessions, can be read and changed on
#   the way. Beside a listener with TLS one without is fine: it sends people there.
# related_resources:
#   - https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/
# custom:
#   severity: medium
#   cwe: [319]
#   equivalent:
#     - kubescape:C-0274
#   remediation: Add a listener with TLS, and let the plain one redirect to it.
#   bad: |
#     apiVersion: gateway.networking.k8s.io/v1
#     kind: Gateway
#     metadata: {name: ledger}
#     spec: {gatewayClassName: example, listeners: [{name: http, port: 80, protocol: HTTP}]}
#   good: |
#     apiVersion: gateway.networking.k8s.io/v1
#     kind: Gateway
#     metadata: {name: ledger}
#     spec: {gatewayClassName: example, listeners: [{name: http, port: 80, protocol: HTTP}, {name: https, port: 443, protocol: HTTPS}]}
#     ---
#     apiVersion: route.openshift.io/v1
#     kind: Route
#     metadata: {name: ledger}
#     spec: {to: {kind: Service, name: ledger}, tls: {termination: edge}}
package policies.kubernetes.gateway_plain

deny contains {"at": ["gateways", i], "msg": "there is no way in by TLS"} if {
	some i, gateway in input.gateways
	gateway.plain
	not encrypted
}

encrypted if {
	some gateway in input.gateways
	gateway.encrypted
}
