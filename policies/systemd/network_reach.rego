# METADATA
# title: Service reaches further on the network than it may
# description: >-
#   A service that only computes needs no network, and a worker calls others and listens nowhere. The profiles
#   static-service and worker say so; what the unit leaves open beyond that is there for an intruder alone.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#SocketBindAllow=bind-rule
# custom:
#   severity: high
#   cwe: [923]
#   remediation: Set PrivateNetwork=yes for a service without network, or SocketBindDeny=any for one that only calls others.
#   parameters:
#     allow:
#       description: How far services may reach; "none", "out" (no ports) or "listen".
#       default: listen
#       example: out
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#   good: |
#     -- worker.service --
#     [Service]
#     ExecStart=/usr/bin/worker
#     SocketBindDeny=any
#     -- report.service --
#     [Service]
#     ExecStart=/usr/bin/report
#     PrivateNetwork=yes
package policies.systemd.network_reach

steps := {"": 0, "none": 0, "out": 1, "listen": 2}

means := {"out": "call others over the network", "listen": "listen on the network"}

deny contains {"at": ["exposure", "reach"], "msg": msg} if {
	input.service
	reach := input.exposure.reach
	allow := data.parameters.systemd.network_reach.allow
	steps[reach] > steps[allow]
	msg := sprintf("%s may %s, and at most %q is allowed", [input.name, means[reach], allow])
}
