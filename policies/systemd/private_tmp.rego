# METADATA
# title: Service shares /tmp with all programs
# description: >-
#   Others can read what the service puts into /tmp, guess its names and lay links there; and it can do so
#   to them.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateTmp=
# custom:
#   severity: low
#   cwe: [379]
#   equivalent: ["systemd-analyze:PrivateTmp"]
#   remediation: Set PrivateTmp=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     PrivateTmp=no
#   good: |
#     [Service]
#     ExecStart=/usr/bin/ledger
#     DynamicUser=yes
package policies.systemd.private_tmp

deny contains {"at": ["exposure", "badness", "PrivateTmp"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.PrivateTmp
	msg := sprintf("%s shares /tmp with all programs: %s", [input.name, open.because])
}
