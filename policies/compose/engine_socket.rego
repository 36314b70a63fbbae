# METADATA
# title: Compose service reaches the engine that runs it
# description: >-
#   Whoever talks to the socket of a container engine starts a privileged container with the host's disk
#   in it. Mounting it read-only changes nothing: a socket is written through all the same.
# related_resources:
#   - https://docs.docker.com/engine/security/#docker-daemon-attack-surface
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#use_api_socket
# custom:
#   severity: critical
#   cwe: [250, 653]
#   equivalent:
#     - cis-docker:5.32
#     - semgrep:exposing-docker-socket-volume
#   remediation: Remove the mount; give the service a proxy that lets through the few calls that it makes.
#   bad: |
#     services:
#       ledger:
#         image: agent:1.4.2
#         volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         volumes: ["./docker.sock.md:/doc", "/run/postgresql:/run/postgresql", "socket:/run/ledger"]
#     volumes:
#       socket:
package policies.compose.engine_socket

deny contains {"at": ["services", i, "host_mounts", j], "msg": msg} if {
	some i, s in input.services
	some j, m in s.host_mounts
	m.holds == "engine"
	msg := sprintf("service %q reaches the container engine: %s is mounted", [s.name, m.path])
}
