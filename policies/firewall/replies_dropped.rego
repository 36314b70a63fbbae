# METADATA
# title: Answers to the host's own connections are dropped
# description: >-
#   The host may connect, and the answers do not come in: no rule accepts packets of established
#   connections. Whoever finds out will open more than that.
# custom:
#   severity: low
#   cwe: [284]
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

deny contains {"at": ["replies", i], "msg": msg} if {
	input.scope == "host"
	some i, answer in input.replies
	answer.verdict in {"dropped", "rejected"}
	some default_ in input.defaults
	default_.hook == "output"
	default_.family == answer.family
	default_.verdict == "accepted"
	msg := sprintf("answers over %s to the connections of this host are %s", [answer.family, answer.verdict])
}
