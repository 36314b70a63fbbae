# METADATA
# title: Service may restart the machine
# description: >-
#   CAP_SYS_BOOT restarts the machine, or loads another kernel.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_BOOT"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_BOOT.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     NoNewPrivileges=yes
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     CapabilityBoundingSet=
package policies.systemd.capability_sys_boot

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_BOOT"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_BOOT
	msg := sprintf("%s may restart the machine: %s", [input.name, open.because])
}
