# METADATA
# title: Every outbound connection is allowed
# description: >-
#   A process that was taken over first calls home: for its tools, for its orders, with what it found. A
#   service that needs no network, or three known ports of it, loses nothing when the rest is dropped.
# custom:
#   severity: medium
#   cwe: [284]
#   equivalent:
#     - cis-debian:4.2.7
#     - cis-debian:4.3.8
#     - cis-debian:4.4.2.1
#     - cis-debian:4.4.3.1
#   remediation: Drop by default in the output hook, and accept what the service needs, such as DNS, NTP and its database.
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
#         type filter hook output priority filter; policy accept;
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
#         udp dport 53 accept
#         ip daddr 10.0.0.5 tcp dport 5432 accept
#       }
#     }
package policies.firewall.outbound_default_open

import data.policies.lib.filter

deny contains {"at": ["defaults", found[0]], "msg": msg, "related": filter.others("defaults", found)} if {
	input.scope == "host"
	some verdict in ["accepted", "unknown"]
	found := [i |
		some i, default_ in input.defaults
		default_.hook == "output"
		default_.verdict == verdict
	]
	count(found) > 0
	msg := sprintf("a connection over %s from this host to a port that no rule names is %s", [filter.families(input.defaults, found), verdict])
}
