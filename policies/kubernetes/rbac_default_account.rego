# METADATA
# title: Binding gives rights to accounts that nobody chose
# description: >-
#   Every pod without an account of its own acts as the default one of its namespace, also those that
#   come later.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: medium
#   cwe: [269]
#   equivalent:
#     - checkov:CKV_K8S_42
#     - cis-kubernetes:5.1.5
#     - kics:role binding to default service account
#   remediation: Make a ServiceAccount for the workload that needs the rights, and bind the role to it.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: RoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ledger}
#     subjects:
#       - {kind: ServiceAccount, name: default, namespace: payments}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: RoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ledger}
#     subjects:
#       - {kind: ServiceAccount, name: ledger, namespace: payments}
package policies.kubernetes.rbac_default_account

deny contains {"at": ["bindings", i, "subjects", j, "name"], "msg": msg} if {
	some i, binding in input.bindings
	some j, subject in binding.subjects
	subject.class == "default"
	msg := sprintf("%s gets the role %s, and pods have that account without asking for it", [subject.name, binding.role])
}
