# METADATA
# title: No list of devices holds the service
# description: >-
#   The control group refuses devices that the unit does not name, also those that a process made itself.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#DeviceAllow=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:DeviceAllow"]
#   remediation: Set DevicePolicy=closed or PrivateDevices=yes, and name further devices in DeviceAllow=.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     DevicePolicy=auto
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     DevicePolicy=closed
#     DeviceAllow=char-rtc r
package policies.systemd.device_allow

deny contains {"at": ["exposure", "badness", "DeviceAllow"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.DeviceAllow
	msg := sprintf("%s may open any device: %s", [input.name, open.because])
}
