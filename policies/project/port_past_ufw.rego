# METADATA
# title: A published port goes past ufw
# description: >-
#   Docker publishes a port by rules of its own that come before those of ufw: the port is reachable
#   though ufw says deny. Only the chain DOCKER-USER, or an address to publish on, keeps others out.
# custom:
#   severity: high
#   cwe: [284]
#   remediation: Publish the port on 127.0.0.1, allow it in ufw if it is meant to be open, or filter it in the chain DOCKER-USER.
#   bad: |
#     -- compose.yaml --
#     services:
#       ledger:
#         image: registry.example.com/ledger:1.0.0
#         ports: ["8080:8080"]
#     -- etc/ufw/ufw.conf --
#     ENABLED=yes
#     LOGLEVEL=low
#     -- etc/ufw/user.rules --
#     *filter
#     :ufw-user-input - [0:0]
#     -A ufw-user-input -p tcp --dport 22 -j ACCEPT
#     COMMIT
#     -- etc/default/ufw --
#     IPV6=yes
#     DEFAULT_INPUT_POLICY="DROP"
#     DEFAULT_OUTPUT_POLICY="ACCEPT"
#     DEFAULT_FORWARD_POLICY="DROP"
#   good: |
#     -- compose.yaml --
#     services:
#       ledger:
#         image: registry.example.com/ledger:1.0.0
#         ports: ["127.0.0.1:8080:8080"]
#     -- etc/ufw/ufw.conf --
#     ENABLED=yes
#     LOGLEVEL=low
#     -- etc/ufw/user.rules --
#     *filter
#     :ufw-user-input - [0:0]
#     -A ufw-user-input -p tcp --dport 22 -j ACCEPT
#     COMMIT
#     -- etc/default/ufw --
#     IPV6=yes
#     DEFAULT_INPUT_POLICY="DROP"
#     DEFAULT_OUTPUT_POLICY="ACCEPT"
#     DEFAULT_FORWARD_POLICY="DROP"
package policies.project.port_past_ufw

import data.policies.lib.port

deny contains {"at": p.at, "msg": msg, "related": [["firewall", i, "defaults", 0]]} if {
	some i in port.hosts
	filter := input.firewall[i]
	filter.format in {"ufw", "ufw_status"}
	some default_ in filter.defaults
	default_.hook == "input"
	default_.verdict in {"dropped", "rejected"}
	not filtered(filter)
	some p in port.published
	p.at[0] == "compose"
	not port.accepts(filter, p.protocol, p.first)
	msg := sprintf("%s publishes %s/%d on every address of the host, past ufw, which does not allow it", [p.what, p.protocol, p.first])
}

filtered(filter) if {
	some chain in filter.chains
	endswith(chain.name, " DOCKER-USER")
	chain.rules > 0
}
