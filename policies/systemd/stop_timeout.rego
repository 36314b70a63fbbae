# METADATA
# title: Service may take for ever to stop
# description: >-
#   Without a timeout systemd waits for a process that hangs, and a restart, an update or the shutdown of the machine
#   waits with it. An intruder's process that ignores SIGTERM is never killed either.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#TimeoutStopSec=
# custom:
#   severity: low
#   cwe: [400]
#   remediation: Set TimeoutStopSec= to what a graceful end takes at most.
#   bad: |
#     [Service]
#     User=ledger
#     TimeoutStopSec=infinity
#     ExecStart=/usr/bin/ledger
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     TimeoutSec=0
#     TimeoutStopSec=5min
#     ExecStart=/usr/bin/ledger
#     -- migrate.service --
#     [Service]
#     Type=oneshot
#     User=ledger
#     TimeoutSec=infinity
#     ExecStart=/usr/bin/ledger migrate
package policies.systemd.stop_timeout

deny contains {"at": ["running", "timeout_stop_sec"], "msg": msg} if {
	input.service
	input.running.timeout_stop_sec.infinite
	input.service_type != "oneshot"
	msg := sprintf("systemd waits for ever until %s has stopped: the timeout is %s", [input.name, input.running.timeout_stop_sec.text])
}
