# METADATA
# title: Role may do everything
# description: >-
#   Every verb on every resource is what cluster-admin has: whoever gets the role, or breaks into what
#   has it, has the cluster, or the whole namespace.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: high
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0044
#     - trivy:KSV-0046
#     - trivy:KSV-0112
#     - trivy:KSV-0045
#     - kubescape:C-0035
#     - kube-linter:wildcard-in-rules
#     - checkov:CKV_K8S_49
#     - kubescape:C-0187
#     - cis-kubernetes:5.1.3
#     - kics:rbac wildcard in rule
#   remediation: List the resources and verbs that are needed.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [example.com], resources: [ledgers, ledgers/status], verbs: [get, list, watch, update]}
package policies.kubernetes.rbac_everything

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power == "everything"
	msg := sprintf("the role may do %s", [grant.what])
}
