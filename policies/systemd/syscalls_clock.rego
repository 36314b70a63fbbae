# METADATA
# title: Service may use clock system calls
# description: >-
#   Calls of this group set the clock, on which certificates, tokens and logs depend.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_clock"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@clock after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @clock
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_clock

deny contains {"at": ["exposure", "badness", "SystemCallFilter_clock"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_clock
	msg := sprintf("%s may use clock system calls: %s", [input.name, open.because])
}
