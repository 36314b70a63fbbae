# METADATA
# title: Compose service keeps the default capabilities
# description: >-
#   An engine gives every container fourteen capabilities, such as raw sockets and the right to ignore
#   file modes. Few programs need any: dropping all and adding the needed ones leaves little to whoever
#   breaks in.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#cap_drop
#   - https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
# custom:
#   severity: low
#   cwe: [250]
#   equivalent:
#     - cis-docker:5.4
#   remediation: Set cap_drop to ALL, and add with cap_add what the service needs.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         cap_drop: [MKNOD]
#   good: |
#     -- compose.yaml --
#     services:
#       ledger:
#         image: ledger:1.4.2
#         cap_drop: [all]
#       agent:
#         extends: ledger
#         cap_add: [NET_RAW]
#     -- compose.prod.yaml --
#     services:
#       ledger:
#         restart: always
package policies.compose.capabilities_kept

deny contains {"at": ["services", i, "cap_drop"], "msg": msg} if {
	some i, s in input.services
	not s.partial
	not s.drops_all
	not s.privileged.on
	msg := sprintf("service %q does not drop all capabilities", [s.name])
}
