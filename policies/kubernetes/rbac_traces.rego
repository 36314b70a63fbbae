# METADATA
# title: Role may delete what shows what happened
# description: >-
#   Events and logs are what is left of an attack, and the first that goes.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: low
#   cwe: [778]
#   equivalent:
#     - trivy:KSV-0042
#     - kubescape:C-0031
#   remediation: Remove delete and deletecollection; events expire by themselves.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [events], verbs: [create, delete]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: Role
#     metadata: {name: ledger}
#     rules:
#       - {apiGroups: [""], resources: [events], verbs: [create, patch]}
package policies.kubernetes.rbac_traces

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some j, grant in role.grants
	grant.power == "traces"
	msg := sprintf("the role may %s", [grant.what])
}
