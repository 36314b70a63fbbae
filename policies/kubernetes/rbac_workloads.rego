# METADATA
# title: Role may start pods
# description: >-
#   A pod may mount every Secret, ConfigMap and volume of its namespace and act as every account of it:
#   who may create pods has all that.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: medium
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0048
#     - kube-linter:access-to-create-pods
#     - kubescape:C-0188
#     - cis-kubernetes:5.1.4
#     - kics:permissive access to create pods
#   remediation: Let the deployment tool alone create workloads, and keep what is to be separate in namespaces of its own.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [pods], verbs: [create]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [pods], verbs: [get, list, watch, delete]}
package policies.kubernetes.rbac_workloads

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power == "workloads"
	msg := sprintf("the role may %s", [grant.what])
}
