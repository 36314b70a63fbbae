# METADATA
# title: Role may have every Secret
# description: >-
#   The Secrets of a namespace hold the tokens and passwords of everything in it; list and watch give
#   their values as get does. Who may create one gets a token for any account of the namespace.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: medium
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0041
#     - trivy:KSV-0113
#     - checkov:CKV2_K8S_5
#     - kube-linter:access-to-secrets
#     - kubescape:C-0015
#     - cis-kubernetes:5.1.2
#     - kics:rbac roles with read secrets permissions
#     - kics:serviceaccount allows access secrets
#   remediation: Name the Secrets in resourceNames, in a Role of their namespace, or mount them.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [secrets], verbs: [get, list]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [secrets], resourceNames: [ledger], verbs: [get]}
package policies.kubernetes.rbac_secrets

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power == "secrets"
	msg := sprintf("the role may %s", [grant.what])
}
