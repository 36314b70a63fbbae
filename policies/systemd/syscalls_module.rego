# METADATA
# title: Service may use kernel module system calls
# description: >-
#   Calls of this group load code into the kernel.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_module"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@module after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @module
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_module

deny contains {"at": ["exposure", "badness", "SystemCallFilter_module"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_module
	msg := sprintf("%s may use kernel module system calls: %s", [input.name, open.because])
}
