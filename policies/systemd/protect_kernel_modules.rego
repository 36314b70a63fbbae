# METADATA
# title: Service may load kernel modules
# description: >-
#   A module runs in the kernel and may do everything. Setting ProtectKernelModules= takes the capability,
#   the system calls and the folder of modules away.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectKernelModules=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:ProtectKernelModules"]
#   remediation: Set ProtectKernelModules=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectKernelModules=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectKernelModules=yes
package policies.systemd.protect_kernel_modules

deny contains {"at": ["exposure", "badness", "ProtectKernelModules"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.ProtectKernelModules
	msg := sprintf("%s may load kernel modules: %s", [input.name, open.because])
}
