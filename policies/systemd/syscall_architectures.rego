# METADATA
# title: Service may use system calls of other architectures
# description: >-
#   Calls for 32-bit programs are code of the kernel that is tested less, and pass by filters that were
#   written for the native ones.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallArchitectures=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SystemCallArchitectures"]
#   remediation: Set SystemCallArchitectures=native.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallArchitectures=x86
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SystemCallArchitectures=native
package policies.systemd.syscall_architectures

deny contains {"at": ["exposure", "badness", "SystemCallArchitectures"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.SystemCallArchitectures
	msg := sprintf("%s may use system calls of other architectures: %s", [input.name, open.because])
}
