# METADATA
# title: Service keeps privileges on the network
# description: >-
#   CAP_NET_RAW forges packets, and CAP_NET_BIND_SERVICE takes ports below 1024, on which others rely. A
#   service that is given CAP_NET_BIND_SERVICE as its only ambient capability is taken at its word.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_NET_RAW.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     CapabilityBoundingSet=CAP_NET_RAW
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     AmbientCapabilities=CAP_NET_BIND_SERVICE
#     CapabilityBoundingSet=CAP_NET_BIND_SERVICE
package policies.systemd.capability_net_raw

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open["CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)"]
	msg := sprintf("%s may forge packets or take ports below 1024: %s", [input.name, open.because])
}
