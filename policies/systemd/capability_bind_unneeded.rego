# METADATA
# title: Service may bind low ports and listens on none
# description: >-
#   CAP_NET_BIND_SERVICE is for ports below 1024. The unit names higher ones, or its socket unit binds them; what is left
#   is a way for an intruder to take the port of another service.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#AmbientCapabilities=
# custom:
#   severity: low
#   cwe: [250]
#   remediation: Take CAP_NET_BIND_SERVICE out of AmbientCapabilities= and CapabilityBoundingSet=.
#   bad: |
#     [Service]
#     User=ledger
#     AmbientCapabilities=CAP_NET_BIND_SERVICE
#     ExecStart=/usr/bin/ledger --listen 127.0.0.1:8080
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     AmbientCapabilities=CAP_NET_BIND_SERVICE
#     Environment=METRICS_PORT=9090
#     ExecStart=/usr/bin/ledger --listen 0.0.0.0:443
#     -- other.service --
#     [Service]
#     User=other
#     AmbientCapabilities=CAP_NET_BIND_SERVICE
#     ExecStart=/usr/bin/other --config /etc/other.toml
package policies.systemd.capability_bind_unneeded

deny contains {"at": ["ambient_capabilities", i], "msg": msg} if {
	input.service
	some i, word in input.ambient_capabilities
	upper(word) == "CAP_NET_BIND_SERVICE"
	count(input.ports) > 0
	own := [p | some p in input.ports; not endswith(p.from, ".socket")]
	every p in own {
		p.port >= 1024
	}
	names := concat(", ", sort({p.name | some p in input.ports}))
	msg := sprintf("%s has CAP_NET_BIND_SERVICE, and the ports of the unit need none: %s", [input.name, names])
}
