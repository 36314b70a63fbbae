# METADATA
# title: Nobody notices that the service hangs
# description: >-
#   The service tells systemd when it is ready, and never that it is alive. Restart= helps against a crash; a process
#   that stands still looks healthy for ever. Units of packages are left alone: whether their program can say that it is
#   alive is not in the hands of those who deploy it.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#WatchdogSec=
#   - https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
# custom:
#   severity: low
#   remediation: Send WATCHDOG=1 from the main loop of the program, and set WatchdogSec=.
#   bad: |
#     [Service]
#     Type=notify
#     User=ledger
#     Restart=on-failure
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     Type=notify
#     User=ledger
#     Restart=on-failure
#     WatchdogSec=30
#     ExecStart=/usr/bin/ledger
package policies.systemd.watchdog_missing

deny contains {"at": ["running", "watchdog_sec"], "msg": msg} if {
	input.service
	not input.partial
	not input.packaged
	input.service_type in {"notify", "notify-reload"}
	input.running.restart != "no"
	not watched
	msg := sprintf("%s is restarted after a crash, and not when it hangs: WatchdogSec= is not set", [input.name])
}

watched if {
	input.running.watchdog_sec.set
	input.running.watchdog_sec.value != 0
}
