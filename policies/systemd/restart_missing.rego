# METADATA
# title: Service stays down after a crash
# description: >-
#   Without Restart= a service that ends by a signal or an error stays ended until somebody looks. on-
#   failure starts it again, within the limits of StartLimitBurst=.
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
#     [Service]
#     Type=oneshot
#     User=ledger
#     ExecStart=/usr/bin/ledger report
package policies.systemd.restart_missing

deny contains {"at": ["running", "restart"], "msg": msg} if {
	input.service
	not input.partial
	input.running.restart == "no"
	input.service_type != "oneshot"
	count(input.sockets) + count(input.activated_by) == 0
	msg := sprintf("%s is not started again after a crash: Restart= is \"no\"", [input.name])
}
