# METADATA
# title: Service may change what is audited
# description: >-
#   The capabilities of audit write, read and configure the record that shows who did what.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_AUDIT"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_AUDIT_WRITE.
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
package policies.systemd.capability_audit

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_AUDIT"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_AUDIT
	msg := sprintf("%s may change what is audited: %s", [input.name, open.because])
}
