# METADATA
# title: Every process of the service may speak for it
# description: >-
#   With "all" any child can tell systemd that the service is ready, alive or stopping, or pass file
#   descriptors to keep.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#NotifyAccess=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:NotifyAccess"]
#   remediation: Set NotifyAccess=main.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     NotifyAccess=all
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     NotifyAccess=main
package policies.systemd.notify_access

deny contains {"at": ["exposure", "badness", "NotifyAccess"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.NotifyAccess
	msg := sprintf("%s lets each of its processes speak for it: %s", [input.name, open.because])
}
