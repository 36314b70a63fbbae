# METADATA
# title: Service may make files immutable
# description: >-
#   Files that cannot be changed stay where an intruder put them, and logs that only grow can be changed
#   again.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_LINUX_IMMUTABLE"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_LINUX_IMMUTABLE.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     NoNewPrivileges=yes
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     CapabilityBoundingSet=
package policies.systemd.capability_linux_immutable

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_LINUX_IMMUTABLE"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_LINUX_IMMUTABLE
	msg := sprintf("%s may mark files immutable: %s", [input.name, open.because])
}
