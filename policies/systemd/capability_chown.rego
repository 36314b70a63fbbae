# METADATA
# title: Service may give files to others, and capabilities to files
# description: >-
#   With CAP_CHOWN, CAP_FSETID or CAP_SETFCAP a process makes programs that run with rights of others.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_CHOWN_FSETID_SETFCAP"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_CHOWN.
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
package policies.systemd.capability_chown

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_CHOWN_FSETID_SETFCAP"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_CHOWN_FSETID_SETFCAP
	msg := sprintf("%s may change owners and capabilities of files: %s", [input.name, open.because])
}
