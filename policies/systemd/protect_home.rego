# METADATA
# title: Service sees the homes of the accounts
# description: >-
#   Homes hold keys, histories and documents of people. A service has nothing to do there.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectHome=
# custom:
#   severity: low
#   cwe: [552]
#   equivalent: ["systemd-analyze:ProtectHome"]
#   remediation: Set ProtectHome=yes; use tmpfs with BindPaths= where it needs one folder.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectHome=read-only
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectHome=yes
package policies.systemd.protect_home

deny contains {"at": ["exposure", "badness", "ProtectHome"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.ProtectHome
	msg := sprintf("%s sees the homes of the accounts: %s", [input.name, open.because])
}
