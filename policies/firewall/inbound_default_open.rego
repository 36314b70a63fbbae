# METADATA
# title: Ports that no rule names are open
# description: >-
#   Whatever starts to listen on this host tomorrow, wanted or not, is reachable. What a firewall is for
#   is the default: to let in what is named, and drop the rest, over IPv4 and over IPv6.
# related_resources:
#   - https://wiki.nftables.org/wiki-nftables/index.php/Configuring_chains
# custom:
#   severity: high
#   cwe: [284]
#   equivalent:
#     - cis-debian:4.2.7
#     - cis-debian:4.3.4
#     - cis-debian:4.3.5
#     - cis-debian:4.3.8
#     - cis-debian:4.4.2.1
#     - cis-debian:4.4.3.1
#     - lynis:FIRE-4508
#     - lynis:FIRE-4512
#     - lynis:FIRE-4540
#     - lynis:FIRE-4590
#   parameters:
#     inner:
#       description: Interfaces whose other side is this host's own, or a tunnel's; br-* is all that begin so.
#       default: ["docker*", "br-*", "virbr*", "lxcbr*", "lxdbr*", "podman*", "cni*", "flannel*", "cali*", "veth*", "wg*", "tun*", "tap*", "tailscale*", "zt*", "lan*"]
#   remediation: Drop or reject by default in the input hook, for both families, and accept the ports that the service listens on.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy accept;
#         iif lo accept
#         ct state established,related accept
#         tcp dport 23 drop
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
package policies.firewall.inbound_default_open

import data.policies.lib.filter

deny contains {"at": ["defaults", found[0]], "msg": msg, "related": filter.others("defaults", found)} if {
	input.scope == "host"
	some verdict in ["accepted", "unknown"]
	found := [i |
		some i, default_ in input.defaults
		default_.hook == "input"
		default_.verdict == verdict
		not filter.inner(default_.interfaces, data.parameters.firewall.inbound_default_open.inner)
		not inside(default_)
		not blamed(default_)
	]
	count(found) > 0
	msg := sprintf("a connection over %s to a port that no rule names is %s (interfaces: %s)", [filter.families(input.defaults, found), verdict, concat(", ", input.defaults[found[0]].interfaces)])
}

# Behind a router that masquerades are its own networks.
inside(default_) if {
	count(input.outside) > 0
	every name in default_.interfaces {
		not name in input.outside
		not name in {"any", "other"}
	}
}

# firewall/everything_accepted blames a rule for it.
blamed(default_) if {
	some o in input.openings
	o.hook == default_.hook
	o.family == default_.family
	o.verdict == "accepted"
	o.every_port
	o.anywhere
	"any" in o.protocols
	not o.by_policy
}
