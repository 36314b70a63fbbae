# METADATA
# title: Service may wake the machine
# description: >-
#   CAP_WAKE_ALARM sets timers that wake a sleeping machine.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_WAKE_ALARM"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_WAKE_ALARM.
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
package policies.systemd.capability_wake_alarm

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_WAKE_ALARM"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_WAKE_ALARM
	msg := sprintf("%s may wake the machine: %s", [input.name, open.because])
}
