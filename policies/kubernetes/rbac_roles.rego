# METADATA
# title: Role may change roles and bindings
# description: >-
#   The API server lets nobody grant more than they have; within that, the holder hands its rights to
#   whom it likes, and they stay when the holder is gone.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: medium
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0050
#     - trivy:KSV-0051
#     - trivy:KSV-0052
#     - trivy:KSV-0055
#   remediation: Leave roles and bindings to those who deploy.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [create, update]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [get]}
package policies.kubernetes.rbac_roles

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power == "roles"
	msg := sprintf("the role may %s", [grant.what])
}
