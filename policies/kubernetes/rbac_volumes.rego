# METADATA
# title: Role may make volumes of what nodes keep
# description: >-
#   A persistent volume can be a directory of a node: who may create one, and a pod that claims it,
#   reads and writes there past every policy for pods. Storage drivers need it; others do not.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: medium
#   cwe: [269]
#   equivalent:
#     - cis-kubernetes:5.1.9
#   remediation: Leave persistent volumes to the storage drivers, and let workloads claim them.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [persistentvolumes], verbs: [create]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [persistentvolumes], verbs: [get, list, watch]}
#       - {apiGroups: [""], resources: [persistentvolumeclaims], verbs: [create]}
package policies.kubernetes.rbac_volumes

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power == "volumes"
	msg := sprintf("the role may %s", [grant.what])
}
