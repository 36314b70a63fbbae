# METADATA
# title: Role has a side door to the whole cluster
# description: >-
#   A node's proxy runs commands in every pod of it, past admission and past the audit log; a token is
#   another account; an approved certificate is any user; a webhook sees and changes all objects.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: high
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0047
#     - checkov:CKV2_K8S_2
#     - trivy:KSV-0114
#     - trivy:KSV-0115
#     - checkov:CKV_K8S_155
#     - checkov:CKV_K8S_156
#     - kubescape:C-0037
#     - cis-kubernetes:5.1.10
#     - cis-kubernetes:5.1.11
#     - cis-kubernetes:5.1.12
#     - cis-kubernetes:5.1.13
#   remediation: Remove the resource from the rule, or give it to an account that nothing else uses.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [nodes/proxy], verbs: [get]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [nodes, nodes/metrics], verbs: [get]}
#       - {apiGroups: [""], resources: [serviceaccounts/token], resourceNames: [ledger], verbs: [create]}
package policies.kubernetes.rbac_takeover

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power in {"nodes_proxy", "tokens", "certificates", "webhooks", "accounts"}
	msg := sprintf("the role may %s", [grant.what])
}
