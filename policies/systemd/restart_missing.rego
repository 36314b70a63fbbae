# METADATA
# title: Service stays down after a crash
# description: >-
#   Without Restart= a service that ends by a signal or an error stays ended until somebody looks.
#   on-failure starts it again, within the limits of StartLimitBurst=. A service that a socket, D-Bus or another unit
#   starts when it is needed comes back by itself.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Restart=
# custom:
#   severity: low
#   remediation: Set Restart=on-failure.
#   bad: |
#     [Service]
#     Type=exec
#     User=ledger
#     ExecStart=/usr/bin/ledger
#   good: |
#     -- report.service --
#     [Service]
#     Type=oneshot
#     User=ledger
#     ExecStart=/usr/bin/ledger report
#     -- web.service --
#     [Unit]
#     Requires=web.socket
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger serve
#     -- bus.service --
#     [Service]
#     Type=dbus
#     BusName=org.example.Ledger
#     User=ledger
#     ExecStart=/usr/bin/ledger bus
#     -- guard.service --
#     [Unit]
#     OnFailure=fallback.service
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger guard
package policies.systemd.restart_missing

deny contains {"at": ["running", "restart"], "msg": msg} if {
	input.service
	not input.partial
	input.running.restart == "no"
	input.service_type != "oneshot"
	not input.conduct.remain_after_exit
	input.running.on_demand == ""
	not watched
	count(input.sockets) + count(input.activated_by) == 0
	msg := sprintf("%s is not started again after a crash: Restart= is \"no\"", [input.name])
}

# Something else is started in its place.
watched if {
	some setting in input.settings
	setting.name == "OnFailure"
}
