# METADATA
# title: Outbound connections that nobody asked for
# description: >-
#   Of the connections that the filter lets out, these are to none of the ports that are configured as
#   needed.
# custom:
#   severity: low
#   cwe: [284]
#   parameters:
#     allowed:
#       description: Protocols, or protocols with a port, that the host may connect to.
#       default: [icmp, icmpv6, tcp/53, udp/53, udp/123]
#       example: [udp/53, udp/123]
#   remediation: Remove the rule, or add the port to allowed.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         ct state established,related accept
#         tcp dport 443 accept
#       }
#       chain forward {
#         type filter hook forward priority filter; policy drop;
#       }
#       chain output {
#         type filter hook output priority filter; policy drop;
#         oif lo accept
#         ct state established,related accept
#         tcp dport 25 accept
#       }
#     }
#   good: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         ct state established,related accept
#         tcp dport 443 accept
#       }
#       chain forward {
#         type filter hook forward priority filter; policy drop;
#       }
#       chain output {
#         type filter hook output priority filter; policy drop;
#         oif lo accept
#         ct state established,related accept
#         udp dport { 53, 123 } accept
#       }
#     }
package policies.firewall.outbound_not_allowed

import data.policies.lib.filter
import data.policies.lib.way

deny contains {"at": ["openings", i], "msg": msg, "flow": way.steps(i, o)} if {
	input.scope == "host"
	some i, o in input.openings
	o.hook == "output"
	o.verdict in {"accepted", "unknown"}
	not o.by_policy
	not o.repeated
	not filter.open_by_default("output", o.family)
	not all_allowed(o)
	msg := sprintf("the host may connect over %s to %s by: %s", [concat(" and ", o.families), o.name, o.rule])
}

all_allowed(o) if {
	every protocol in o.protocols {
		allowed_protocol(protocol, o.ports)
	}
}

allowed_protocol(protocol, _) if protocol in data.parameters.firewall.outbound_not_allowed.allowed

allowed_protocol(protocol, ports) if {
	every port in ports {
		port.first == port.last
		sprintf("%s/%d", [protocol, port.first]) in data.parameters.firewall.outbound_not_allowed.allowed
	}
}
