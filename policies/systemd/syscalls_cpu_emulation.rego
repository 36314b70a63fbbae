# METADATA
# title: Service may use CPU emulation system calls
# description: >-
#   Calls of this group are for emulators of old machines, and were attacked often.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallFilter_cpu_emulation"]
#   remediation: Set SystemCallFilter=@system-service, and SystemCallFilter=~@cpu-emulation after it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service @cpu-emulation
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
package policies.systemd.syscalls_cpu_emulation

deny contains {"at": ["exposure", "badness", "SystemCallFilter_cpu_emulation"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallFilter_cpu_emulation
	msg := sprintf("%s may use CPU emulation system calls: %s", [input.name, open.because])
}
