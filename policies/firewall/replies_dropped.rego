# METADATA
# title: Answers of connections that are let through are dropped
# description: >-
#   A connection is let out or in, and its answers are not: no rule accepts packets of established
#   connections. Whoever finds out will open more than that.
# custom:
#   severity: low
#   cwe: [284]
#   equivalent:
#     - cis-debian:4.2.5
#     - cis-debian:4.3.7
#     - cis-debian:4.4.2.3
#     - cis-debian:4.4.3.3
#   remediation: Accept established and related connections first in the input and output hooks.
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
	some hook, whose in {"input": "this host's connections to", "output": "connections to this host by"}
	found := [i |
		some i, answer in input.replies
		answer.verdict == verdict
		answer.hook == hook
	]
	count(found) > 0
	msg := sprintf("answers over %s to %s %s are %s", [filter.families(input.replies, found), whose, input.replies[found[0]].to, verdict])
}
