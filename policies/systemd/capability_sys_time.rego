# METADATA
# title: Service keeps the capability to set the clock
# description: >-
#   CAP_SYS_TIME sets the clock, on which certificates, tokens and logs depend.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_TIME"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_TIME.
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
package policies.systemd.capability_sys_time

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_TIME"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_TIME
	msg := sprintf("%s may set the clock: %s", [input.name, open.because])
}
