# METADATA
# title: Binding gives an account the rights of a namespace's administrator
# description: >-
#   admin and cluster-admin read every Secret of the namespace, start any pod in it and hand their
#   rights on. A workload rarely needs that; edit has no say over roles.
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
# custom:
#   severity: medium
#   cwe: [269]
#   equivalent:
#     - kubescape:C-0272
#   remediation: Bind a role with the rights that are needed.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: RoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
#     subjects:
#       - {kind: ServiceAccount, name: ledger, namespace: payments}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: RoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
#     subjects:
#       - {kind: ServiceAccount, name: ledger, namespace: payments}
#     ---
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: RoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: admin}
#     subjects:
#       - {kind: Group, name: payments-team}
package policies.kubernetes.rbac_namespace_admin

deny contains {"at": ["bindings", i, "role"], "msg": msg} if {
	some i, binding in input.bindings
	binding.role in {"admin", "cluster-admin"}
	binding.role_kind == "ClusterRole"
	not admin_everywhere(binding)
	some subject in binding.subjects
	subject.kind == "ServiceAccount"
	msg := sprintf("the account %s gets the role %s", [subject.name, binding.role])
}

# kubernetes/rbac_cluster_admin says it.
admin_everywhere(binding) if {
	binding.cluster
	binding.role == "cluster-admin"
}
