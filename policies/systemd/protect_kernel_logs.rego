# METADATA
# title: Service may read and clear the log of the kernel
# description: >-
#   The log holds addresses that help an attack on the kernel, and traces that an intruder would like to
#   clear.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectKernelLogs=
# custom:
#   severity: low
#   cwe: [532]
#   equivalent: ["systemd-analyze:ProtectKernelLogs"]
#   remediation: Set ProtectKernelLogs=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectKernelLogs=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectKernelLogs=yes
package policies.systemd.protect_kernel_logs

deny contains {"at": ["exposure", "badness", "ProtectKernelLogs"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.ProtectKernelLogs
	msg := sprintf("%s may read and clear the log of the kernel: %s", [input.name, open.because])
}
