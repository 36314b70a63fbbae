# METADATA
# title: Crash of a service on the network restarts the machine
# description: >-
#   Whoever can crash the service from outside takes down everything else on the machine with it.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#FailureAction=
# custom:
#   severity: low
#   cwe: [400]
#   remediation: Leave FailureAction= and StartLimitAction= out, and let OnFailure= tell somebody.
#   bad: |
#     [Unit]
#     After=network-online.target
#     StartLimitAction=reboot-force
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#   good: |
#     -- ledger.service --
#     [Unit]
#     After=network-online.target
#     OnFailure=page@%n.service
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     -- update.service --
#     [Unit]
#     FailureAction=reboot
#     [Service]
#     Type=oneshot
#     ExecStart=/usr/bin/update
package policies.systemd.failure_reboots

deny contains {"at": ["conduct", "reboots", i], "msg": msg} if {
	input.service_type != "oneshot"
	input.exposure.networked
	some i, setting in input.conduct.reboots
	msg := sprintf("a crash of %s ends in %s=%s", [input.name, setting.name, setting.value])
}
