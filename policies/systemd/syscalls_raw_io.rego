# METADATA
# title: Service may use raw I/O system calls
# description: >-
#   Calls of this group reach hardware past the checks of the kernel.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_raw_io"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@raw-io after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @raw-io
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_raw_io

deny contains {"at": ["exposure", "badness", "SystemCallFilter_raw_io"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_raw_io
	msg := sprintf("%s may use raw I/O system calls: %s", [input.name, open.because])
}
