# METADATA
# title: Service sees the devices of the machine
# description: >-
#   Disks, memory and other hardware are files below /dev. With a /dev of its own the service has only
#   harmless ones such as /dev/null.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateDevices=
# custom:
#   severity: low
#   cwe: [732]
#   equivalent: ["systemd-analyze:PrivateDevices"]
#   remediation: Set PrivateDevices=yes, or name the devices that it needs in DeviceAllow=.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     PrivateDevices=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     DevicePolicy=closed
#     DeviceAllow=/dev/ttyS0 rw
package policies.systemd.private_devices

deny contains {"at": ["exposure", "badness", "PrivateDevices"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.PrivateDevices
	msg := sprintf("%s sees the devices of the machine: %s", [input.name, open.because])
}
