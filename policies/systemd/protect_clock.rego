# METADATA
# title: Service may set the clock
# description: >-
#   A clock that is set back makes expired certificates valid again, and puts logs out of order.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectClock=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:ProtectClock"]
#   remediation: Set ProtectClock=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectClock=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectClock=yes
package policies.systemd.protect_clock

deny contains {"at": ["exposure", "badness", "ProtectClock"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.ProtectClock
	msg := sprintf("%s may set the clock: %s", [input.name, open.because])
}
