# METADATA
# title: Compose service leaves the engine's control group
# description: >-
#   Limits that the engine or the administrator sets for all containers do not hold for one that is put
#   elsewhere.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#cgroup_parent
# custom:
#   severity: low
#   cwe: [400]
#   equivalent:
#     - cis-docker:5.25
#   remediation: Remove cgroup_parent, and set limits on the service itself.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         cgroup_parent: system.slice
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         mem_limit: 512m
package policies.compose.cgroup_parent

deny contains {"at": ["services", i, "cgroup_parent"], "msg": msg} if {
	some i, s in input.services
	s.cgroup_parent != ""
	msg := sprintf("service %q leaves the engine's control group", [s.name])
}
