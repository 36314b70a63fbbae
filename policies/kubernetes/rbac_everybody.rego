# METADATA
# title: Binding gives rights to everybody
# description: >-
#   system:anonymous and system:unauthenticated are all who reach the API server, without a name;
#   system:authenticated is whoever has any login, which with some providers is anybody at all;
#   system:serviceaccounts is every pod.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: critical
#   cwe: [284, 306]
#   equivalent:
#     - trivy:KSV-01011
#     - trivy:KSV-0122
#     - kubescape:C-0262
#     - kubescape:C-0265
#     - gatekeeper:K8sDisallowAnonymous
#   remediation: Bind the role to the users, groups or accounts that need it.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
#     subjects:
#       - {kind: Group, name: system:unauthenticated}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:public-info-viewer"}
#     subjects:
#       - {kind: Group, name: system:unauthenticated}
#     ---
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: RoleBinding
#     metadata: {name: ledger}
#     roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ledger}
#     subjects:
#       - {kind: Group, name: ledger-team}
package policies.kubernetes.rbac_everybody

deny contains {"at": ["bindings", i, "subjects", j, "name"], "msg": msg} if {
	some i, binding in input.bindings
	not binding.role in harmless
	some j, subject in binding.subjects
	who := {"anonymous": "whoever reaches the API server, without a login", "everyone": "whoever has any login"}[subject.class]
	msg := sprintf("%s gets the role %s: %s", [subject.name, binding.role, who])
}

# Roles that the API server itself binds so.
harmless := {"system:public-info-viewer", "system:discovery", "system:basic-user", "system:service-account-issuer-discovery"}
