# METADATA
# title: Compose service shares the name of its host
# description: >-
#   A container with the host's UTS namespace can change the name under which the host is known to its
#   network and in its logs.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#uts
#   - https://docs.docker.com/reference/cli/docker/container/run/#uts
# custom:
#   severity: low
#   cwe: [653]
#   equivalent:
#     - cis-docker:5.21
#   remediation: Remove uts, and give the container a name with hostname.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         uts: host
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         hostname: ledger
package policies.compose.host_uts

deny contains {"at": ["services", i, "uts"], "msg": msg} if {
	some i, s in input.services
	s.uts.host
	msg := sprintf("service %q shares the name of its host", [s.name])
}

deny contains {"at": ["services", i, "uts"], "msg": msg} if {
	some i, s in input.services
	not s.uts.known
	msg := sprintf("service %q may share the name of its host: uts is not known from the files: %q", [s.name, s.uts.value])
}
