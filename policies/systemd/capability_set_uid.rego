# METADATA
# title: Service may become any account
# description: >-
#   CAP_SETUID, CAP_SETGID and CAP_SETPCAP let processes take another account, and capabilities.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SET_UID_GID_PCAP"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SETUID.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     CapabilityBoundingSet=CAP_SETUID
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     CapabilityBoundingSet=
package policies.systemd.capability_set_uid

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SET_UID_GID_PCAP"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SET_UID_GID_PCAP
	msg := sprintf("%s may become any account: %s", [input.name, open.because])
}
