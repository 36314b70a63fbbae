# METADATA
# title: A rule accepts everything
# description: >-
#   A rule without a condition that decides, such as accept at the end of the chain, or a state match
#   that has new in it, opens every port to everybody, whatever the policy says.
# custom:
#   severity: high
#   cwe: [284]
#   equivalent:
#     - checkov:CKV_AWS_277
#     - "kics:default security groups with unrestricted traffic"
#   parameters:
#     inner:
#       description: Interfaces whose other side is this host's own, or a tunnel's; br-* is all that begin so.
#       default: ["docker*", "br-*", "virbr*", "lxcbr*", "lxdbr*", "podman*", "cni*", "flannel*", "cali*", "veth*", "wg*", "tun*", "tap*", "tailscale*", "zt*", "lan*"]
#   remediation: Remove the rule, or name the ports and sources that it is for.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         ct state established,related accept
#         ct state new,established accept
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
package policies.firewall.everything_accepted

import data.policies.lib.filter
import data.policies.lib.way

deny contains {"at": ["openings", i], "msg": msg, "flow": way.steps(i, o)} if {
	input.scope in {"host", "group"}
	some i, o in input.openings
	o.hook == "input"
	o.verdict == "accepted"
	o.every_port
	o.anywhere
	"any" in o.protocols
	not o.by_policy
	not o.repeated
	not o.inside
	not filter.inner(o["in"], data.parameters.firewall.everything_accepted.inner)
	msg := sprintf("everything that arrives over %s is accepted by: %s", [concat(" and ", o.families), o.rule])
}
