# METADATA
# title: Service may switch process accounting
# description: >-
#   Accounting notes which programs ran: an intruder would switch it off, or write its file anywhere.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_PACCT"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_PACCT.
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
package policies.systemd.capability_sys_pacct

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_PACCT"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_PACCT
	msg := sprintf("%s may switch process accounting: %s", [input.name, open.because])
}
