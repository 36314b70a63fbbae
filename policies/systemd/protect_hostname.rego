# METADATA
# title: Service may change the name of the machine
# description: >-
#   Logs and certificates go by the name of the machine.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectHostname=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:ProtectHostname"]
#   remediation: Set ProtectHostname=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectHostname=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectHostname=yes
package policies.systemd.protect_hostname

deny contains {"at": ["exposure", "badness", "ProtectHostname"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.ProtectHostname
	msg := sprintf("%s may change the name of the machine: %s", [input.name, open.because])
}
