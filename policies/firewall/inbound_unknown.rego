# METADATA
# title: What is open cannot be told
# description: >-
#   The rules ask for something that is not in the file, such as the time of day or what a program
#   decides. What they let in may be open, so it is not counted as closed.
# custom:
#   severity: high
#   cwe: [1295]
#   parameters:
#     max:
#       description: How many unknown openings may be.
#       default: 0
#       stricter: lower
#   remediation: Write the rule with conditions that the configuration tells, or raise max after having looked at each.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         ct state established,related accept
#         meta hour "08:00"-"18:00" tcp dport 8443 accept
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
#         tcp dport 443 limit rate 10/second accept
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
package policies.firewall.inbound_unknown

import data.policies.lib.way

deny contains {"at": ["openings", i], "msg": msg, "flow": way.steps(i, o)} if {
	input.scope == "host"
	unknown := [i | some i, o in input.openings; o.hook == "input"; o.verdict == "unknown"; not forwarded(o); not o.repeated]
	count(unknown) > data.parameters.firewall.inbound_unknown.max
	some i in unknown
	o := input.openings[i]
	msg := sprintf("whether %s is open over %s depends on: %s", [o.name, concat(" and ", o.families), concat("; ", o.reasons)])
}

# What is translated to another address is judged where it is forwarded.
forwarded(o) if {
	count(o.reasons) == 1
	contains(o.reasons[0], "which the translation takes, is the host's own")
}

forwarded(o) if o.reasons == ["the interface that the translated packet leaves by"]
