# METADATA
# title: Service may make set-user-ID programs
# description: >-
#   Such a program gives its rights to anybody who starts it, long after the intruder is gone.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictSUIDSGID=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:RestrictSUIDSGID"]
#   remediation: Set RestrictSUIDSGID=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictSUIDSGID=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictSUIDSGID=yes
package policies.systemd.restrict_suid_sgid

deny contains {"at": ["exposure", "badness", "RestrictSUIDSGID"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictSUIDSGID
	msg := sprintf("%s may make set-user-ID programs: %s", [input.name, open.because])
}
