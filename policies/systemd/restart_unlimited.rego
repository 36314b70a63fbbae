# METADATA
# title: Service is started again without end or pause
# description: >-
#   Without StartLimitIntervalSec= a service that crashes at once is started ten times a second for ever. It takes the
#   processor and fills the log, and whoever attacks its memory gets any number of tries.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#StartLimitIntervalSec=interval
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#RestartSec=
# custom:
#   severity: low
#   cwe: [307, 770]
#   remediation: Leave the limit as it is, or let RestartSec= be a second or more.
#   bad: |
#     [Unit]
#     StartLimitIntervalSec=0
#     [Service]
#     User=ledger
#     Restart=always
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Unit]
#     StartLimitIntervalSec=0
#     [Service]
#     User=ledger
#     Restart=always
#     RestartSec=5
#     ExecStart=/usr/bin/ledger
package policies.systemd.restart_unlimited

deny contains {"at": ["running", setting], "msg": msg} if {
	input.service
	not input.partial
	input.running.restart != "no"
	some setting, name in {"start_limit_interval_sec": "StartLimitIntervalSec=", "start_limit_burst": "StartLimitBurst="}
	input.running[setting].set
	input.running[setting].value == 0
	not pause
	msg := sprintf("%s is started again for ever, ten times a second: %s is 0, and RestartSec= below a second", [input.name, name])
}

pause if {
	input.running.restart_sec.set
	input.running.restart_sec.value >= 1
}
