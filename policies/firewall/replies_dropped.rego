# METADATA
# title: Answers to the host's own connections are dropped
# description: >-
#   The host may connect, and the answers do not come in: no rule accepts packets of established
#   connections. Whoever finds out will open more than that.
# custom:
#   severity: low
#   cwe: [284]
#   equivalent:
#     - cis-debian:4.2.5
#     - cis-debian:4.3.7
#     - cis-debian:4.4.2.3
#     - cis-debian:4.4.3.3
#   remediation: Accept established and related connections first in the input hook.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
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
#         type filter hook output priority filter; policy accept;
#         oif lo accept
#         ct state established,related accept
#       }
#     }
package policies.firewall.replies_dropped

import data.policies.lib.filter

deny contains {"at": ["replies", found[0]], "msg": msg, "related": filter.others("replies", found)} if {
	input.scope == "host"
	some verdict in ["dropped", "rejected"]
	found := [i |
		some i, answer in input.replies
		answer.verdict == verdict
		filter.open_by_default("output", answer.family)
	]
	count(found) > 0
	msg := sprintf("answers over %s to the connections of this host are %s", [filter.families(input.replies, found), verdict])
}
