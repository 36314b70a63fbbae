# METADATA
# title: Compose service is kept out of user namespaces
# description: >-
#   Where the engine maps root in containers to an unprivileged account, this container is left out, and
#   its root is the root of the host.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#userns_mode
#   - https://docs.docker.com/engine/security/userns-remap/
# custom:
#   severity: medium
#   cwe: [250, 653]
#   equivalent:
#     - cis-docker:5.31
#   remediation: Remove userns_mode, and give the service the single right that it lacks.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         userns_mode: host
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         user: "10001"
package policies.compose.host_userns

deny contains {"at": ["services", i, "userns_mode"], "msg": msg} if {
	some i, s in input.services
	s.userns_mode.host
	msg := sprintf("service %q shares the user namespace of its host", [s.name])
}

deny contains {"at": ["services", i, "userns_mode"], "msg": msg} if {
	some i, s in input.services
	not s.userns_mode.known
	msg := sprintf("service %q may share the user namespace of its host: userns_mode is not known from the files: %q", [s.name, s.userns_mode.value])
}
