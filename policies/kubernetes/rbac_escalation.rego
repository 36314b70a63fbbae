# METADATA
# title: Role may take rights that it does not have
# description: >-
#   escalate and bind switch off the rule that nobody grants more than they have, and impersonate makes
#   the holder anybody else: each of them leads to all rights.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: high
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0043
#     - trivy:KSV-0050
#     - trivy:KSV-0051
#     - trivy:KSV-0052
#     - checkov:CKV_K8S_157
#     - checkov:CKV_K8S_158
#     - checkov:CKV2_K8S_1
#     - checkov:CKV2_K8S_3
#     - kubescape:C-0065
#     - cis-kubernetes:5.1.8
#   remediation: Remove the verb, or name the roles, users or groups in resourceNames.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [get, escalate]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [get, list]}
#       - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [ledger-reader], verbs: [bind]}
package policies.kubernetes.rbac_escalation

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power in {"escalate", "bind", "impersonate"}
	msg := sprintf("the role may %s", [grant.what])
}
