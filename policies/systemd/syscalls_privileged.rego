# METADATA
# title: Service may use privileged system calls
# description: >-
#   Calls of this group are for processes with capabilities: a service without any has no use for them.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_privileged"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@privileged after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @privileged
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_privileged

deny contains {"at": ["exposure", "badness", "SystemCallFilter_privileged"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_privileged
	msg := sprintf("%s may use privileged system calls: %s", [input.name, open.because])
}
