# METADATA
# title: Compose service shares the processes of its host
# description: >-
#   The container sees every process of the host with its arguments, and as root it reads their memory
#   and environment, and ends them.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#pid
#   - https://docs.docker.com/reference/cli/docker/container/run/#pid
# custom:
#   severity: high
#   cwe: [653]
#   equivalent:
#     - cis-docker:5.16
#   remediation: Remove pid, or share the processes of the one service that is to be watched.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         pid: host
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         pid: service:ledger-api
package policies.compose.host_pid

deny contains {"at": ["services", i, "pid"], "msg": msg} if {
	some i, s in input.services
	s.pid.host
	msg := sprintf("service %q shares the processes of its host", [s.name])
}

deny contains {"at": ["services", i, "pid"], "msg": msg} if {
	some i, s in input.services
	not s.pid.known
	msg := sprintf("service %q may share the processes of its host: pid is not known from the files: %q", [s.name, s.pid.value])
}
