# METADATA
# title: Compose service shares the control groups of its host
# description: >-
#   The container sees the control groups of everything that runs on the host, and where it may write
#   them it lifts limits or gets commands run outside.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#cgroup
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#cgroup_parent
# custom:
#   severity: medium
#   cwe: [653]
#   remediation: Remove cgroup, or set it to private.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         cgroup: host
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         cgroup: private
package policies.compose.host_cgroup

deny contains {"at": ["services", i, "cgroup"], "msg": msg} if {
	some i, s in input.services
	s.cgroup.host
	msg := sprintf("service %q shares the control groups of its host", [s.name])
}

deny contains {"at": ["services", i, "cgroup"], "msg": msg} if {
	some i, s in input.services
	not s.cgroup.known
	msg := sprintf("service %q may share the control groups of its host: cgroup is not known from the files: %q", [s.name, s.cgroup.value])
}
