# METADATA
# title: The host cannot talk to itself
# description: >-
#   Services on one host speak to each other over the loopback interface, and many tools do so with
#   themselves. Dropping that breaks them in ways that are hard to see.
# custom:
#   severity: low
#   cwe: [284]
#   equivalent:
#     - cis-debian:4.2.4
#     - cis-debian:4.3.6
#     - cis-debian:4.4.2.2
#     - cis-debian:4.4.3.2
#   remediation: Accept what comes in by lo first in the input hook.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
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
package policies.firewall.loopback_dropped

import data.policies.lib.filter

deny contains {"at": ["loopback", found[0]], "msg": msg, "related": filter.others("loopback", found)} if {
	input.scope == "host"
	some verdict in ["dropped", "rejected"]
	found := [i |
		some i, answer in input.loopback
		answer.verdict == verdict
	]
	count(found) > 0
	msg := sprintf("connections over %s of this host to itself are %s", [filter.families(input.loopback, found), verdict])
}
