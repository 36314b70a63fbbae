# METADATA
# title: Service may configure the network
# description: >-
#   CAP_NET_ADMIN changes addresses, routes and the firewall, and listens to all traffic.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_NET_ADMIN"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_NET_ADMIN.
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
package policies.systemd.capability_net_admin

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_NET_ADMIN"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_NET_ADMIN
	msg := sprintf("%s may configure the network: %s", [input.name, open.because])
}
