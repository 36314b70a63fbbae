# METADATA
# title: Service may use swap system calls
# description: >-
#   Calls of this group switch swap devices, to which memory with secrets is written.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_swap"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@swap after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @swap
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_swap

deny contains {"at": ["exposure", "badness", "SystemCallFilter_swap"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_swap
	msg := sprintf("%s may use swap system calls: %s", [input.name, open.because])
}
