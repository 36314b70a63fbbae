# METADATA
# title: Role has a wildcard
# description: >-
#   A wildcard grants what nobody thought of: subresources such as exec, resources that come with the
#   next version, verbs such as escalate and impersonate.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: medium
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0045
#     - trivy:KSV-0046
#     - checkov:CKV_K8S_49
#     - kube-linter:wildcard-in-rules
#     - kubescape:C-0187
#     - cis-kubernetes:5.1.3
#     - kics:rbac wildcard in rule
#   remediation: List the resources, the verbs and the API groups that are needed.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [apps], resources: [deployments], verbs: ["*"]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [example.com], resources: [ledgers, ledgers/status], verbs: [get, list, watch, update]}
#       - {nonResourceURLs: [/metrics], verbs: [get]}
package policies.kubernetes.rbac_wildcard

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power == "wildcard"
	msg := sprintf("the role may do %s", [grant.what])
}
