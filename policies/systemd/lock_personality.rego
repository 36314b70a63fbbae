# METADATA
# title: Service may change the personality of its processes
# description: >-
#   Personalities emulate old systems with code of the kernel that nobody looks after, and switch the
#   randomisation of addresses off.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#LockPersonality=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:LockPersonality"]
#   remediation: Set LockPersonality=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     LockPersonality=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     LockPersonality=yes
package policies.systemd.lock_personality

deny contains {"at": ["exposure", "badness", "LockPersonality"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.LockPersonality
	msg := sprintf("%s may change its personality: %s", [input.name, open.because])
}
