# METADATA
# title: Service starts with capabilities
# description: >-
#   Ambient capabilities go to every program that the service starts. CAP_NET_BIND_SERVICE alone is
#   accepted, for a port below 1024.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#AmbientCapabilities=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:AmbientCapabilities"]
#   remediation: "Set AmbientCapabilities= to nothing: let a socket unit bind the port, or a small unit of its own do what needs the privilege."
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     AmbientCapabilities=CAP_NET_ADMIN
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     AmbientCapabilities=CAP_NET_BIND_SERVICE
#     CapabilityBoundingSet=CAP_NET_BIND_SERVICE
package policies.systemd.ambient_capabilities

deny contains {"at": ["exposure", "badness", "AmbientCapabilities"], "msg": msg} if {
	open := input.exposure.open.AmbientCapabilities
	msg := sprintf("%s starts with capabilities: %s", [input.name, open.because])
}
