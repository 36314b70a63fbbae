# METADATA
# title: Service may mount file systems for the whole machine
# description: >-
#   What the service mounts or unmounts shows up for every other program, unless it has a table of mounts of
#   its own.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateMounts=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:PrivateMounts"]
#   remediation: Set PrivateMounts=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     PrivateMounts=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     PrivateMounts=yes
package policies.systemd.private_mounts

deny contains {"at": ["exposure", "badness", "PrivateMounts"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.PrivateMounts
	msg := sprintf("%s shares its mounts with the machine: %s", [input.name, open.because])
}
