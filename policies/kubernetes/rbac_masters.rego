# METADATA
# title: Binding names system:masters
# description: >-
#   Members of this group pass every check of rights, whatever the bindings say, and that cannot be
#   taken back: it is for the way in when all else is broken.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: high
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0123
#     - cis-kubernetes:5.1.7
#   remediation: Bind the role to a group of your own.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
#     subjects:
#       - {kind: Group, name: system:masters}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
#     subjects:
#       - {kind: Group, name: platform-team}
package policies.kubernetes.rbac_masters

deny contains {"at": ["bindings", i, "subjects", j, "name"], "msg": msg} if {
	some i, binding in input.bindings
	some j, subject in binding.subjects
	subject.class == "masters"
	msg := sprintf("the binding of %s counts on the group system:masters", [binding.role])
}
