# METADATA
# title: The file is not all that is loaded
# description: >-
#   What was loaded before stays beside these rules, so what they say is not all that decides.
# custom:
#   severity: low
#   cwe: [1295]
#   remediation: Begin the script with flush ruleset, or judge what is configured and not what a status shows.
#   bad: |
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
package policies.firewall.partial

deny contains {"at": ["partial", i], "msg": msg} if {
	judged
	some reason in {doubt.reason | some doubt in input.partial}
	i := min([j | some j, doubt in input.partial; doubt.reason == reason])
	msg := sprintf("there may be other rules beside these: %s", [reason])
}

# A script that others include is a part, and one that leaves the filter to another program.
judged if input.scope == "host"

judged if input.format == "script"
