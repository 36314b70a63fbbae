# METADATA
# title: Service may use resource system calls
# description: >-
#   Calls of this group take processor time and memory from others.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_resources"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@resources after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @resources
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_resources

deny contains {"at": ["exposure", "badness", "SystemCallFilter_resources"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_resources
	msg := sprintf("%s may use resource system calls: %s", [input.name, open.because])
}
