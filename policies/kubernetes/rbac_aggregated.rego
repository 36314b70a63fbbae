# METADATA
# title: Role adds dangerous rights to one that many have
# description: >-
#   Rules of a ClusterRole with an aggregate-to label become part of view, edit or admin, in every
#   namespace where somebody has these. View is meant to show no secrets, and edit to grant nothing.
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
# custom:
#   severity: medium
#   cwe: [269]
#   remediation: Remove the label, or leave these rules out.
#   bad: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}}
#     rules:
#       - {apiGroups: [""], resources: [secrets], verbs: [get]}
#   good: |
#     apiVersion: rbac.authorization.k8s.io/v1
#     kind: ClusterRole
#     metadata: {name: ledger, labels: {rbac.authorization.k8s.io/aggregate-to-view: "true"}}
#     rules:
#       - {apiGroups: [example.com], resources: [ledgers, ledgers/status], verbs: [get, list, watch, update]}
package policies.kubernetes.rbac_aggregated

deny contains {"at": ["roles", i, "grants", j], "msg": msg} if {
	some i, role in input.roles
	some to in role.aggregated_to
	to in {"view", "edit"}
	some j, grant in role.grants
	grant.power != "wildcard"
	not ordinary(to, grant.power)
	msg := sprintf("everybody with the role %s may %s", [to, grant.what])
}

# What edit has by itself.
ordinary("edit", power) if power in {"secrets", "workloads", "exec", "network", "traces"}
