# METADATA
# title: Service may change settings of the kernel
# description: >-
#   The files of /proc/sys and /sys switch protections of the whole machine off, and name programs that the
#   kernel starts as root.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectKernelTunables=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:ProtectKernelTunables"]
#   remediation: Set ProtectKernelTunables=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectKernelTunables=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectKernelTunables=yes
package policies.systemd.protect_kernel_tunables

deny contains {"at": ["exposure", "badness", "ProtectKernelTunables"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.ProtectKernelTunables
	msg := sprintf("%s may change settings of the kernel: %s", [input.name, open.because])
}
