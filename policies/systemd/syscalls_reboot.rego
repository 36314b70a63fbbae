# METADATA
# title: Service may use reboot system calls
# description: >-
#   Calls of this group restart the machine, or load another kernel.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_reboot"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@reboot after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @reboot
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_reboot

deny contains {"at": ["exposure", "badness", "SystemCallFilter_reboot"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_reboot
	msg := sprintf("%s may use reboot system calls: %s", [input.name, open.because])
}
