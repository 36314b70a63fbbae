# METADATA
# title: Service may use mount system calls
# description: >-
#   Calls of this group change which files stand where: what the unit protects can be covered by others.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_mount"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@mount after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @mount
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_mount

deny contains {"at": ["exposure", "badness", "SystemCallFilter_mount"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_mount
	msg := sprintf("%s may use mount system calls: %s", [input.name, open.because])
}
