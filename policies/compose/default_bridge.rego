# METADATA
# title: Compose service is put on the default bridge
# description: >-
#   All containers of the host that name no network share this bridge, of all projects. On a network of
#   the project, only its services reach each other, and they find one another by name.
# related_resources:
#   - https://docs.docker.com/engine/network/drivers/bridge/#differences-between-user-defined-bridges-and-the-default-bridge
# custom:
#   severity: low
#   cwe: [653]
#   equivalent:
#     - cis-docker:5.30
#   remediation: Remove network_mode, so that the service joins the network of its project.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         network_mode: bridge
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         networks: [front]
#     networks:
#       front: {driver: bridge}
package policies.compose.default_bridge

deny contains {"at": ["services", i, "network_mode"], "msg": msg} if {
	some i, s in input.services
	s.network_mode.value == "bridge"
	msg := sprintf("service %q is on the default bridge of the engine", [s.name])
}
