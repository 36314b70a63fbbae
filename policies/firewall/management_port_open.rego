# METADATA
# title: A management port is open beyond the management networks
# description: >-
#   Whoever reaches SSH, a container runtime's socket or a remote desktop needs one password, key or
#   flaw to be inside, and the whole Internet tries.
# custom:
#   severity: high
#   cwe: [284]
#   equivalent:
#     - trivy:AWS-0107
#     - checkov:CKV_AWS_24
#     - checkov:CKV_AWS_25
#     - "kics:security group with unrestricted access to ssh"
#     - "kics:remote desktop port open to internet"
#     - "kics:sensitive port is exposed to entire network"
#   parameters:
#     ports:
#       description: The ports.
#       default: [22, 23, 512, 513, 514, 2375, 2376, 3389, 5800, 5900, 5985, 5986, 10250]
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
#   remediation: Accept the port from the management networks alone.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         ct state established,related accept
#         tcp dport { 22, 443 } accept
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
#         ip saddr 10.20.0.0/16 tcp dport 22 accept
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
package policies.firewall.management_port_open

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
	reached := filter.reached(o, data.parameters.firewall.management_port_open.ports)
	filter.outside(o, data.parameters.firewall.management_port_open.networks, narrow)
	msg := sprintf("tcp/%s (management) is %s over %s from %s by: %s", [reached, o.verdict, concat(" and ", o.families), filter.sources(o), o.rule])
}

narrow := {"ipv4": data.parameters.firewall.management_port_open.narrow_ipv4, "ipv6": data.parameters.firewall.management_port_open.narrow_ipv6}

open(o) if o.verdict == "accepted"

# Which addresses another group has, or other pods, is unknown, and no host's business.
open(o) if {
	o.verdict == "unknown"
	input.scope == "host"
}
