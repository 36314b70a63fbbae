# METADATA
# title: Every account may connect to the socket
# description: >-
#   SocketMode= is 0666 where it is not set, and abstract sockets have none: each process of the machine, and each intruder in another service, can speak
#   to this one, as far as it does not ask who is there.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.socket.html#SocketMode=
# custom:
#   severity: low
#   cwe: [276, 732]
#   remediation: Set SocketMode=0660 and SocketGroup= to the group of those who may connect.
#   bad: |
#     -- ledger.socket --
#     [Socket]
#     ListenStream=/run/ledger/admin.sock
#   good: |
#     -- ledger.socket --
#     [Socket]
#     ListenStream=/run/ledger/admin.sock
#     SocketMode=0660
#     SocketGroup=ledger-admin
#     -- web.socket --
#     [Socket]
#     ListenStream=8080
#     -- log.socket --
#     [Socket]
#     ListenDatagram=/run/systemd/journal/syslog
package policies.systemd.socket_mode

deny contains {"at": ["socket", "mode"], "msg": msg} if {
	input.type == "socket"
	not input.masked
	not input.partial
	input.manager == "system"
	input.socket.world_writable
	paths := [l.path | some l in input.listen; l.path != ""; not l.setting in {"ListenSpecial", "ListenUSBFunction"}; not public(l.path)]
	count(paths) > 0
	msg := sprintf("every account may connect to %s of %s: its mode is %s", [concat(", ", paths), input.name, input.socket.mode])
}

deny contains {"at": ["listen", i], "msg": msg} if {
	input.type == "socket"
	not input.masked
	input.manager == "system"
	some i, l in input.listen
	l.abstract
	msg := sprintf("every account may connect to %s of %s: an abstract socket has no mode", [l.name, input.name])
}

# The bus and the log of the system are there for all.
public(path) if {
	some folder in ["/run/systemd/", "/run/dbus/", "/var/run/dbus/"]
	startswith(path, folder)
}
