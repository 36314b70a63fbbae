# METADATA
# title: Service may open every device of a kind
# description: >-
#   DeviceAllow=block-* opens all disks, and char-* memory, consoles and keyboards: with the rights of the account alone
#   between them and the service.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#DeviceAllow=
# custom:
#   severity: medium
#   cwe: [732]
#   remediation: Name the devices, or the one driver, that the service needs.
#   bad: |
#     [Service]
#     User=ledger
#     DeviceAllow=block-* rw
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     DeviceAllow=block-*
#     DeviceAllow=
#     DeviceAllow=char-pts rw
#     DeviceAllow=/dev/ttyS0 rw
#     ExecStart=/usr/bin/ledger
package policies.systemd.device_kind

kinds := {"char-*": "every character device", "block-*": "every disk"}

deny contains {"at": ["settings", i, "values", j], "msg": msg} if {
	input.service
	some i, setting in input.settings
	setting.name == "DeviceAllow"
	some j, value in setting.values
	what := kinds[split(value, " ")[0]]
	every later in array.slice(setting.values, j + 1, count(setting.values)) {
		later != ""
	}
	msg := sprintf("%s may open %s: DeviceAllow= is %s", [input.name, what, value])
}
