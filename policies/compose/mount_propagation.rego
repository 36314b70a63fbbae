# METADATA
# title: Compose service spreads its mounts to the host
# description: >-
#   With shared propagation, what the container mounts appears on the host and in other containers that
#   share the path, with the files and setuid programs that it brings.
# related_resources:
#   - https://docs.docker.com/engine/storage/bind-mounts/#configure-bind-propagation
# custom:
#   severity: medium
#   cwe: [653]
#   equivalent:
#     - cis-docker:5.20
#   remediation: Remove the propagation; rslave suffices where the container only has to see mounts of the host.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         volumes:
#           - {type: bind, source: ./plugins, target: /plugins, bind: {propagation: rshared}}
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         volumes:
#           - ./plugins:/plugins:ro,rslave
#           - ./shared:/shared
package policies.compose.mount_propagation

deny contains {"at": ["services", i, "host_mounts", j], "msg": msg} if {
	some i, s in input.services
	some j, m in s.host_mounts
	m.propagation in {"shared", "rshared"}
	msg := sprintf("service %q spreads mounts under %s to its host: propagation is %s", [s.name, m.name, m.propagation])
}
