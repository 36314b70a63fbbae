# METADATA
# title: Service may take the processor for itself
# description: >-
#   A process that is scheduled in real time and never sleeps stops all others.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictRealtime=
# custom:
#   severity: low
#   cwe: [400]
#   equivalent: ["systemd-analyze:RestrictRealtime"]
#   remediation: Set RestrictRealtime=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictRealtime=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictRealtime=yes
package policies.systemd.restrict_realtime

deny contains {"at": ["exposure", "badness", "RestrictRealtime"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictRealtime
	msg := sprintf("%s may be scheduled in real time: %s", [input.name, open.because])
}
