# METADATA
# title: Network policy lets in everybody
# description: >-
#   A rule without peers and ports opens the pods to the whole cluster and beyond: the policy looks like
#   protection and is none.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   severity: medium
#   cwe: [923]
#   equivalent:
#     - trivy:KSV-0038
#     - kubescape:C-0030
#   remediation: Name under from who may reach the pods, and the ports.
#   bad: |
#     apiVersion: networking.k8s.io/v1
#     kind: NetworkPolicy
#     metadata: {name: ledger}
#     spec: {podSelector: {matchLabels: {app: ledger}}, ingress: [{}]}
#   good: |
#     apiVersion: networking.k8s.io/v1
#     kind: NetworkPolicy
#     metadata: {name: ledger}
#     spec: {podSelector: {matchLabels: {app: ledger}}, policyTypes: [Ingress, Egress], ingress: [{from: [{podSelector: {}}]}, {from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}], egress: [{}]}
#     ---
#     apiVersion: networking.k8s.io/v1
#     kind: NetworkPolicy
#     metadata: {name: ledger}
#     spec: {podSelector: {matchLabels: {app: ledger}}, policyTypes: [Ingress]}
package policies.kubernetes.network_policy_open

deny contains {"at": ["network_policies", i, "open", j], "msg": "the policy lets in everybody, to every port"} if {
	some i, policy in input.network_policies
	some j, opening in policy.open
	opening.way == "ingress"
}
