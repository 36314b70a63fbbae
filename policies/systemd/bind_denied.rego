# METADATA
# title: Port of the service is not among those that it may bind
# description: >-
#   SocketBindAllow= and the port that the unit names disagree. The service does not start, and whoever repairs it in a
#   hurry takes the restriction away.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#SocketBindAllow=bind-rule
# custom:
#   severity: low
#   cwe: [1068]
#   remediation: Name the port of the service in SocketBindAllow=, and no other.
#   bad: |
#     [Service]
#     User=ledger
#     SocketBindDeny=any
#     SocketBindAllow=tcp:8081
#     Environment=LEDGER_LISTEN=0.0.0.0:8080
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     SocketBindDeny=any
#     SocketBindAllow=tcp:8000-8100
#     Environment=LEDGER_LISTEN=0.0.0.0:8080 DATABASE_PORT=5432
#     ExecStart=/usr/bin/ledger
package policies.systemd.bind_denied

deny contains {"at": ["ports", i], "msg": msg, "related": related} if {
	input.service
	some rule in input.confinement.bind_deny
	rule.from <= 1
	rule.to == 65535
	some i, p in input.ports
	not endswith(p.from, ".socket")
	not allowed(p.port)
	related := [["confinement", "bind_allow", j] | some j, _ in input.confinement.bind_allow]
	msg := sprintf("%s of %s names port %d, which SocketBindDeny= keeps the service from", [p.from, input.name, p.port])
}

allowed(port) if {
	some rule in input.confinement.bind_allow
	rule.from <= port
	port <= rule.to
}
