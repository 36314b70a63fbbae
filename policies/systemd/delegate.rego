# METADATA
# title: Service manages a part of the control groups
# description: >-
#   The service may make groups below its own and move processes. Managers of containers need it, and hardly
#   anything else.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#Delegate=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:Delegate"]
#   remediation: Leave Delegate= out.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     Delegate=yes
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     Delegate=no
package policies.systemd.delegate

deny contains {"at": ["exposure", "badness", "Delegate"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.Delegate
	msg := sprintf("%s manages a part of the control groups: %s", [input.name, open.because])
}
