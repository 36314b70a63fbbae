# METADATA
# title: Setting without effect beside another
# description: >-
#   One setting of the unit takes the effect from another: the device is hidden, the folder is not there, the
#   capability counts for nothing. The service fails, or somebody switches the restriction off to make it work.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Sandboxing
# custom:
#   severity: low
#   cwe: [1188]
#   remediation: "Decide for one of the two: DevicePolicy=closed for devices, BindPaths= for folders, a socket unit for low ports."
#   bad: |
#     [Service]
#     User=ledger
#     PrivateDevices=yes
#     DeviceAllow=/dev/ttyS0 rw
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     DevicePolicy=closed
#     DeviceAllow=/dev/ttyS0 rw
#     ProtectHome=tmpfs
#     BindPaths=/home/ledger
#     WorkingDirectory=/home/ledger
#     ExecStart=/usr/bin/ledger
package policies.systemd.setting_moot

deny contains {"at": ["conduct", "moot", i], "msg": msg} if {
	some i, setting in input.conduct.moot
	msg := sprintf("%s=%s of %s has no effect: %s", [setting.name, setting.value, input.name, setting.because])
}
