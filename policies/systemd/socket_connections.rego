# METADATA
# title: One client can take all connections
# description: >-
#   With Accept=yes each connection starts a process, 64 at most. Without MaxConnectionsPerSource= one address may hold
#   all of them open, and nobody else gets in.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html#MaxConnectionsPerSource=
# custom:
#   severity: low
#   cwe: [770]
#   remediation: Set MaxConnectionsPerSource= to what one client needs.
#   bad: |
#     -- ledger.socket --
#     [Socket]
#     ListenStream=8080
#     Accept=yes
#   good: |
#     -- ledger.socket --
#     [Socket]
#     ListenStream=8080
#     Accept=yes
#     MaxConnectionsPerSource=8
#     -- local.socket --
#     [Socket]
#     ListenStream=127.0.0.1:8081
#     Accept=yes
package policies.systemd.socket_connections

deny contains {"at": ["socket", "max_connections_per_source"], "msg": msg} if {
	input.type == "socket"
	not input.masked
	not input.partial
	input.socket.accept
	not bounded
	some l in input.listen
	l.port > 0
	not l.loopback
	msg := sprintf("one client can take all connections of %s: MaxConnectionsPerSource= is not set", [input.name])
}

bounded if {
	input.socket.max_connections_per_source.set
	input.socket.max_connections_per_source.value != 0
}
