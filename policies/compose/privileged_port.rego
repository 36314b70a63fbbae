# METADATA
# title: Compose service takes a privileged port of its host
# description: >-
#   Ports below 1024 belong to services that others trust by their number; a container that takes one
#   stands in for such a service. The web's ports, 80 and 443, are expected there.
# related_resources:
#   - https://docs.docker.com/engine/network/port-publishing/
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
# custom:
#   severity: low
#   cwe: [668]
#   equivalent:
#     - cis-docker:5.8
#   remediation: Publish a port from 1024 on.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         ports: ["127.0.0.1:514:5514/udp"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         ports: ["80:8080", "127.0.0.1:443:8443", "8025:25"]
package policies.compose.privileged_port

deny contains {"at": ["services", i, "ports", j], "msg": msg} if {
	some i, s in input.services
	some j, p in s.ports
	p.first > 0
	p.first < 1024
	not p.published in {"80", "443"}
	msg := sprintf("service %q takes the privileged port %s of its host", [s.name, p.published])
}
