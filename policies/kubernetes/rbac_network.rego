# METADATA
# title: Role may change where traffic goes
# description: >-
#   Who may write Services, endpoints, Ingresses or network policies sends requests for others to a
#   place of their own, or opens what was closed.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: medium
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0056
#     - checkov:CKV2_K8S_4
#     - gatekeeper:K8sBlockEndpointEditDefaultRole
#   remediation: Remove the verb, or name the objects in resourceNames.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [networking.k8s.io], resources: [networkpolicies], verbs: [update]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [networking.k8s.io], resources: [networkpolicies, ingresses], verbs: [get]}
#       - {apiGroups: [networking.k8s.io], resources: [ingresses/status], verbs: [update]}
package policies.kubernetes.rbac_network

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power == "network"
	msg := sprintf("the role may %s", [grant.what])
}
