# METADATA
# title: Service may use outdated system calls
# description: >-
#   Nothing uses the calls of this group any more, except attacks.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_obsolete"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@obsolete after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @obsolete
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_obsolete

deny contains {"at": ["exposure", "badness", "SystemCallFilter_obsolete"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_obsolete
	msg := sprintf("%s may use outdated system calls: %s", [input.name, open.because])
}
