# METADATA
# title: Service may use debugging system calls
# description: >-
#   Calls of this group read and change the memory of other processes.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_debug"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@debug after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @debug
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_debug

deny contains {"at": ["exposure", "badness", "SystemCallFilter_debug"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_debug
	msg := sprintf("%s may use debugging system calls: %s", [input.name, open.because])
}
