# METADATA
# title: Service may change mandatory access control
# description: >-
#   CAP_MAC_ADMIN and CAP_MAC_OVERRIDE change and pass by the rules of Smack.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_MAC"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_MAC_ADMIN.
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
package policies.systemd.capability_mac

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_MAC"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_MAC
	msg := sprintf("%s may change mandatory access control: %s", [input.name, open.because])
}
