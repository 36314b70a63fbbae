# METADATA
# title: Service may change its root folder
# description: >-
#   Processes of a changed root read configuration that the intruder wrote.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_CHROOT"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_CHROOT.
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
package policies.systemd.capability_sys_chroot

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_CHROOT"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_CHROOT
	msg := sprintf("%s may change its root folder: %s", [input.name, open.because])
}
