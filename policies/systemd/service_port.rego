# METADATA
# title: Database or management port is open on every interface
# description: >-
#   Databases, brokers, debuggers and engines trust whoever reaches them, or keep strangers out by a password alone. Only
#   a firewall stands between the port and everybody else.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html#ListenStream=
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#IPAddressDeny=ADDRESS%5B/PREFIXLENGTH%5D%E2%80%A6
# custom:
#   severity: medium
#   cwe: [668]
#   remediation: Bind the port to 127.0.0.1 or to the one address that needs it, or set IPAddressDeny=any and IPAddressAllow=.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger-cache --listen 0.0.0.0:6379
#   good: |
#     -- cache.service --
#     [Service]
#     User=cache
#     ExecStart=/usr/bin/cache --listen 127.0.0.1:6379 --database-port=5432
#     -- queue.service --
#     [Service]
#     User=queue
#     IPAddressDeny=any
#     IPAddressAllow=10.20.0.0/16
#     ExecStart=/usr/bin/queue --listen :5672
#     -- web.socket --
#     [Socket]
#     ListenStream=443
#     ListenStream=[::1]:5432
package policies.systemd.service_port

known := data.tables.service_ports.ports

deny contains {"at": ["ports", i], "msg": msg} if {
	input.service
	some i, p in input.ports
	p.address == ""
	p.from != "SocketBindAllow"
	not endswith(p.from, ".socket")
	name := known[sprintf("%d", [p.port])]
	not restricted
	msg := sprintf("%s of %s opens %s (port %d) on every interface", [p.from, input.name, name, p.port])
}

deny contains {"at": ["listen", i], "msg": msg} if {
	input.type == "socket"
	not input.masked
	some i, l in input.listen
	l.everywhere
	input.socket.bind_to_device == ""
	name := known[sprintf("%d", [l.port])]
	msg := sprintf("%s opens %s (port %d) on every interface", [input.name, name, l.port])
}

restricted if count(input.confinement.address_deny) > 0
