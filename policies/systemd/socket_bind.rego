# METADATA
# title: Service that is handed its socket may bind ports of its own
# description: >-
#   systemd binds the port of a socket unit and hands it over, so that the service itself binds nothing. An intruder in
#   it could open a further port all the same.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#SocketBindAllow=bind-rule
# custom:
#   severity: low
#   cwe: [923]
#   remediation: Set SocketBindDeny=any; the socket that is handed over works on.
#   bad: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     -- ledger.socket --
#     [Socket]
#     ListenStream=8080
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     SocketBindDeny=any
#     ExecStart=/usr/bin/ledger
#     -- ledger.socket --
#     [Socket]
#     ListenStream=8080
#     -- local.service --
#     [Service]
#     User=ledger
#     PrivateNetwork=yes
#     ExecStart=/usr/bin/local
#     -- local.socket --
#     [Socket]
#     ListenStream=8081
package policies.systemd.socket_bind

deny contains {"at": ["sockets", i], "msg": msg} if {
	input.service
	input.exposure.reach == "listen"
	input.exposure.badness.PrivateNetwork > 0
	input.exposure.badness.RestrictAddressFamilies_AF_INET_INET6 > 0
	count(input.confinement.bind_deny) == 0
	every p in input.ports {
		endswith(p.from, ".socket")
	}
	some i, socket in input.sockets
	some l in socket.listen
	l.port > 0
	msg := sprintf("%s gets its socket from %s, and may bind other ports too", [input.name, socket.name])
}
