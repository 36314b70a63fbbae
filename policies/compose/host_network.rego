# METADATA
# title: Compose service shares the network of its host
# description: >-
#   The container reaches everything that listens on the host's loopback address, takes any port, and no
#   network of compose keeps it from other services.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#network_mode
#   - https://docs.docker.com/engine/network/drivers/host/
# custom:
#   severity: high
#   cwe: [653]
#   equivalent:
#     - cis-docker:5.10
#   remediation: Remove network_mode, and publish the ports that are needed with ports.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         network_mode: host
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         network_mode: ${NETWORK:-none}
package policies.compose.host_network

deny contains {"at": ["services", i, "network_mode"], "msg": msg} if {
	some i, s in input.services
	s.network_mode.host
	msg := sprintf("service %q shares the network of its host", [s.name])
}

deny contains {"at": ["services", i, "network_mode"], "msg": msg} if {
	some i, s in input.services
	not s.network_mode.known
	msg := sprintf("service %q may share the network of its host: network_mode is not known from the files: %q", [s.name, s.network_mode.value])
}
