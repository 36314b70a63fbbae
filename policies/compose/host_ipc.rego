# METADATA
# title: Compose service shares the memory segments of its host
# description: >-
#   Shared memory, semaphores and message queues of the host's programs are open to the container, which
#   can read what databases and others keep there.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ipc
#   - https://docs.docker.com/reference/cli/docker/container/run/#ipc
# custom:
#   severity: medium
#   cwe: [653]
#   equivalent:
#     - cis-docker:5.17
#   remediation: Remove ipc, or set it to shareable on one service and to service:NAME on the other.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         ipc: host
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         ipc: private
#         shm_size: 256m
package policies.compose.host_ipc

deny contains {"at": ["services", i, "ipc"], "msg": msg} if {
	some i, s in input.services
	s.ipc.host
	msg := sprintf("service %q shares the shared memory of its host", [s.name])
}

deny contains {"at": ["services", i, "ipc"], "msg": msg} if {
	some i, s in input.services
	not s.ipc.known
	msg := sprintf("service %q may share the shared memory of its host: ipc is not known from the files: %q", [s.name, s.ipc.value])
}
