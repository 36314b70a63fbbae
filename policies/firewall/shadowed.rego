# METADATA
# title: A rule that no connection reaches
# description: >-
#   An earlier rule takes all that this one would match. Either it is left over, or it was meant to
#   decide and does not: a drop behind an accept keeps nobody out.
# custom:
#   severity: low
#   cwe: [561]
#   remediation: Remove the rule, or put it before the one that takes its packets.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         ct state established,related accept
#         tcp dport 443 accept
#         ip saddr 192.0.2.0/24 tcp dport 443 drop
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
#         ip saddr 192.0.2.0/24 tcp dport 443 drop
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
package policies.firewall.shadowed

deny contains {"at": ["shadowed", i], "msg": msg} if {
	some i, s in input.shadowed
	s.rule != ""
	msg := sprintf("no new connection reaches %q in %s: %s", [s.rule, s.chain, s.reason])
}

deny contains {"at": ["unsearched", i], "msg": msg} if {
	some i, chain in input.unsearched
	msg := sprintf("which rules of %s no new connection reaches is not fully known: too many lie over each other in part", [chain])
}
