# METADATA
# title: A database port is open to everybody
# description: >-
#   Databases, caches and queues are made to be spoken to by the services beside them. Many let in
#   whoever connects, and those that ask for a password let it be guessed.
# custom:
#   severity: high
#   cwe: [284]
#   equivalent:
#     - "kics:sensitive port is exposed to entire network"
#   parameters:
#     ports:
#       description: The ports.
#       default: [1433, 1521, 2379, 2380, 3306, 4222, 5432, 5672, 6379, 8086, 9042, 9092, 9200, 9300, 11211, 27017, 27018]
#     networks:
#       description: Where they may be reached from.
#       default: [10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16, "::1/128", fc00::/7, fe80::/10]
#     narrow_ipv4:
#       description: IPv4 prefixes of at least this length are networks that somebody has chosen.
#       default: 24
#       stricter: higher
#     narrow_ipv6:
#       description: IPv6 prefixes of at least this length are networks that somebody has chosen.
#       default: 48
#       stricter: higher
#   remediation: Accept the port from the addresses of the services that use the database alone.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         ct state established,related accept
#         tcp dport { 443, 5432 } accept
#       }
#       chain forward {
#         type filter hook forward priority filter; policy drop;
#       }
#       chain output {
#         type filter hook output priority filter; policy drop;
#         oif lo accept
#         ct state established,related accept
#       }
#     }
#   good: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         ct state established,related accept
#         ip saddr 10.0.3.7 tcp dport 5432 accept
#         tcp dport 443 accept
#       }
#       chain forward {
#         type filter hook forward priority filter; policy drop;
#       }
#       chain output {
#         type filter hook output priority filter; policy drop;
#         oif lo accept
#         ct state established,related accept
#       }
#     }
package policies.firewall.database_port_open

import data.policies.lib.filter
import data.policies.lib.way

deny contains {"at": ["openings", i], "msg": msg, "flow": way.steps(i, o)} if {
	some i, o in input.openings
	o.hook == "input"
	open(o)
	not o.every_port
	not o.by_policy
	not o.repeated
	not o.inside
	some protocol in o.protocols
	protocol in {"tcp", "any"}
	reached := filter.reached(o, data.parameters.firewall.database_port_open.ports)
	filter.outside(o, data.parameters.firewall.database_port_open.networks, narrow)
	msg := sprintf("tcp/%s (database) is %s over %s from %s by: %s", [reached, o.verdict, concat(" and ", o.families), filter.sources(o), o.rule])
}

narrow := {"ipv4": data.parameters.firewall.database_port_open.narrow_ipv4, "ipv6": data.parameters.firewall.database_port_open.narrow_ipv6}

open(o) if o.verdict == "accepted"

# Which addresses another group has, or other pods, is unknown, and no host's business.
open(o) if {
	o.verdict == "unknown"
	input.scope == "host"
}
