# METADATA
# title: Binding makes somebody administrator of the cluster
# description: >-
#   cluster-admin is every right on everything. A workload with it makes each of its weaknesses one of
#   the whole cluster.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: high
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0111
#     - kube-linter:cluster-admin-role-binding
#     - kubescape:C-0035
#     - kubescape:C-0272
#     - cis-kubernetes:5.1.1
#     - kics:cluster admin rolebinding with superuser permissions
#   remediation: Bind a role with the rights that are needed, in the namespaces where they are needed.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
#     subjects:
#       - {kind: ServiceAccount, name: ledger, namespace: payments}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ledger}
#     subjects:
#       - {kind: ServiceAccount, name: ledger, namespace: payments}
package policies.kubernetes.rbac_cluster_admin

deny contains {"at": ["bindings", i, "role"], "msg": msg} if {
	some i, binding in input.bindings
	binding.role == "cluster-admin"
	binding.cluster
	some subject in binding.subjects
	not subject.class in {"anonymous", "everyone", "masters"} # kubernetes/rbac_everybody and kubernetes/rbac_masters say it
	msg := sprintf("%s %s gets cluster-admin", [subject.kind, subject.name])
}
