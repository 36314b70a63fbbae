# METADATA
# title: Packets that claim to come from the host itself are let in
# description: >-
#   Some services trust whoever connects from 127.0.0.1. The kernel drops such packets from outside,
#   unless route_localnet is set, as container tools do; a rule drops them in any case.
# custom:
#   severity: low
#   cwe: [290]
#   remediation: Drop what has a loopback source and did not come by lo, before anything is accepted.
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
#       }
#     }
#   good: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         iif != lo ip saddr 127.0.0.0/8 drop
#         iif != lo ip6 saddr ::1 drop
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
package policies.firewall.loopback_spoofed

deny contains {"at": ["spoofed", i], "msg": msg} if {
	input.scope == "host"
	some i, answer in input.spoofed
	answer.verdict == "accepted"
	not open_by_default(answer.family)
	msg := sprintf("packets over %s with the source address of the loopback interface are let in from outside", [answer.family])
}

open_by_default(family) if {
	some default_ in input.defaults
	default_.hook == "input"
	default_.family == family
	default_.verdict in {"accepted", "unknown"}
}
