# METADATA
# title: The host forwards everything
# description: >-
#   As soon as forwarding is switched on, by a container runtime or a VPN, this host is a router for
#   everybody who can send packets to it.
# custom:
#   severity: medium
#   cwe: [284]
#   equivalent:
#     - cis-debian:4.2.7
#     - cis-debian:4.3.8
#     - cis-debian:4.4.2.1
#     - cis-debian:4.4.3.1
#   remediation: Drop by default in the forward hook, for both families.
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
#         type filter hook forward priority filter; policy accept;
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
package policies.firewall.forward_default_open

import data.policies.lib.filter

deny contains {"at": ["defaults", found[0]], "msg": msg, "related": filter.others("defaults", found)} if {
	input.scope == "host"
	some verdict in ["accepted", "unknown"]
	found := [i |
		some i, default_ in input.defaults
		default_.hook == "forward"
		default_.verdict == verdict
		unnamed(default_)
	]
	count(found) > 0
	msg := sprintf("a connection over %s through this host to a port that no rule names is %s", [filter.families(input.defaults, found), verdict])
}

# A container's or a local network's interface may forward, and a rule names it; others may not.
unnamed(default_) if {
	some interface in default_.interfaces
	interface in {"any", "other"}
}
