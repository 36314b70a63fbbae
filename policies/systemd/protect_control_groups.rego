# METADATA
# title: Service may change control groups
# description: >-
#   Whoever writes below /sys/fs/cgroup lifts limits of memory and processors, also those of other services.
#   Managers of containers need it, and hardly anything else.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectControlGroups=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:ProtectControlGroups"]
#   remediation: Set ProtectControlGroups=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectControlGroups=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectControlGroups=yes
package policies.systemd.protect_control_groups

deny contains {"at": ["exposure", "badness", "ProtectControlGroups"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.ProtectControlGroups
	msg := sprintf("%s may change control groups: %s", [input.name, open.because])
}
