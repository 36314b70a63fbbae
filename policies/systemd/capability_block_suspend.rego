# METADATA
# title: Service may keep the machine awake
# description: >-
#   CAP_BLOCK_SUSPEND holds locks that keep the machine from sleeping.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_BLOCK_SUSPEND"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_BLOCK_SUSPEND.
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
package policies.systemd.capability_block_suspend

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_BLOCK_SUSPEND"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_BLOCK_SUSPEND
	msg := sprintf("%s may keep the machine awake: %s", [input.name, open.because])
}
