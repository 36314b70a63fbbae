# METADATA
# title: Service sees the processes of others
# description: >-
#   Command lines and environments below /proc show what runs, for whom and with which secrets.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectProc=
# custom:
#   severity: low
#   cwe: [497]
#   equivalent: ["systemd-analyze:ProtectProc"]
#   remediation: Set ProtectProc=invisible.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectProc=default
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectProc=invisible
package policies.systemd.protect_proc

deny contains {"at": ["exposure", "badness", "ProtectProc"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.ProtectProc
	msg := sprintf("%s sees the processes of others: %s", [input.name, open.because])
}
