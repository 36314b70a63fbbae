# METADATA
# title: Packets that claim to come from the host itself are let in
# description: >-
#   Some services trust whoever connects from 127.0.0.1. The kernel drops such packets from outside,
#   unless route_localnet is set, as container tools do; a rule drops them in any case.
# custom:
#   severity: low
#   cwe: [290]
#   equivalent:
#     - cis-debian:4.2.4
#     - cis-debian:4.3.6
#     - cis-debian:4.4.2.2
#     - cis-debian:4.4.3.2
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

import data.policies.lib.filter

deny contains {"at": ["spoofed", found[0]], "msg": msg, "related": filter.others("spoofed", found)} if {
	input.scope == "host"
	found := [i |
		some i, answer in input.spoofed
		answer.verdict == "accepted"
		not filter.open_by_default("input", answer.family)
	]
	count(found) > 0
	msg := sprintf("packets over %s with the source address of the loopback interface are let in from outside", [filter.families(input.spoofed, found)])
}
