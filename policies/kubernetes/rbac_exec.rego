# METADATA
# title: Role may get into running pods
# description: >-
#   Who may exec, attach or forward a port has what the process has: its secrets, its account and its
#   network.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: medium
#   cwe: [269]
#   equivalent:
#     - trivy:KSV-0053
#     - trivy:KSV-0054
#     - kubescape:C-0002
#     - kubescape:C-0063
#   remediation: Remove the subresource; give it to people for the time that they need it.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [pods/exec], verbs: [create]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [pods, pods/log], verbs: [get]}
package policies.kubernetes.rbac_exec

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power == "exec"
	msg := sprintf("the role may %s", [grant.what])
}
