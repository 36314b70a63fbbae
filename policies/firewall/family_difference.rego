# METADATA
# title: IPv4 and IPv6 are filtered differently
# description: >-
#   A port that is closed over IPv4 and open over IPv6 is open: most hosts have both. The rules of one
#   family are easily forgotten when those of the other change.
# custom:
#   severity: medium
#   cwe: [284]
#   parameters:
#     inner:
#       description: Interfaces whose other side is this host's own, or a tunnel's; br-* is all that begin so.
#       default: ["docker*", "br-*", "virbr*", "lxcbr*", "lxdbr*", "podman*", "cni*", "flannel*", "cali*", "veth*", "wg*", "tun*", "tap*", "tailscale*", "zt*", "lan*"]
#     one_family:
#       description: Ports that have a meaning in one family alone.
#       default: [udp/67, udp/68, udp/546, udp/547]
#   remediation: Write the rule for both families, in a table of family inet or in both save files.
#   bad: |
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         iif lo accept
#         ct state established,related accept
#         tcp dport 443 accept
#         meta nfproto ipv6 tcp dport 8443 accept
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
#         tcp dport { 443, 8443 } accept
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
package policies.firewall.family_difference

import data.policies.lib.filter

deny contains {"at": ["differences", i], "msg": msg} if {
	input.scope == "host"
	some i, d in input.differences
	d.hook == "input"
	not filter.open_by_default("input", d.family)
	d.protocol in {"tcp", "udp", "sctp"}
	for_everybody(d)
	not of_one_family(d)
	filtered(d.family)
	msg := sprintf("%s is reached over %s alone", [d.name, d.family])
}

# An address of one family in a rule is not the other family forgotten.
for_everybody(d) if {
	some o in input.openings
	o.hook == d.hook
	o.family == d.family
	o.verdict == "accepted"
	o.anywhere
	not o.inside
	not filter.inner(o["in"], data.parameters.firewall.family_difference.inner)
	some protocol in o.protocols
	protocol in {d.protocol, "any"}
	some range in o.ports
	some port in d.ports
	range.first <= port.last
	port.first <= range.last
}

# DHCP has a port in IPv4, and another in IPv6.
of_one_family(d) if {
	every port in d.ports {
		port.first == port.last
		sprintf("%s/%d", [d.protocol, port.first]) in data.parameters.firewall.family_difference.one_family
	}
}

# A family that nothing is let in by is switched off, not forgotten.
filtered(family) if {
	some o in input.openings
	o.hook == "input"
	o.family != family
	o.verdict in {"accepted", "unknown"}
	some protocol in o.protocols
	protocol in {"tcp", "udp", "sctp", "any"}
}

filtered("ipv6")
