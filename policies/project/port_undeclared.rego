# METADATA
# title: A port is open that nothing is declared to listen on
# description: >-
#   The filter of the host lets connections in to a port that no unit, container, image or configuration
#   names. It is left over, or something listens there that the repository does not know.
# custom:
#   severity: medium
#   cwe: [284]
#   parameters:
#     known:
#       description: Ports that hosts have open besides.
#       default: [tcp/22, udp/68, udp/546, udp/1900, udp/5353]
#       example: [tcp/22]
#   remediation: Close the port, or declare it where the service that listens on it is described, or as [[listen]] in sallyport.toml.
#   bad: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     Environment=LEDGER_LISTEN=0.0.0.0:8080
#     ExecStart=/usr/bin/ledger
#     -- nftables.conf --
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         ct state established,related accept
#         iif lo accept
#         tcp dport { 8080, 9200 } accept
#       }
#     }
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     Environment=LEDGER_LISTEN=0.0.0.0:8080
#     ExecStart=/usr/bin/ledger
#     -- nftables.conf --
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         ct state established,related accept
#         iif lo accept
#         tcp dport { 22, 8080 } accept
#       }
#     }
package policies.project.port_undeclared

import data.policies.lib.port

deny contains {"at": ["firewall", i, "openings", j], "msg": msg} if {
	some i in port.hosts
	count(port.declared) > 0
	some j, o in input.firewall[i].openings
	o.hook == "input"
	o.verdict == "accepted"
	not o.every_port
	not o.by_policy
	not o.repeated
	some protocol in o.protocols
	protocol in {"tcp", "udp", "sctp"}
	some range in o.ports
	not known(protocol, range)
	msg := sprintf("%s/%s is open over %s by %q, and nothing is declared to listen on it", [protocol, text(range), concat(" and ", o.families), o.rule])
}

known(protocol, range) if {
	some d in port.declared
	d.protocol == protocol
	d.first <= range.first
	range.last <= d.last
}

# A range is known too where each port of it is.
known(protocol, range) if {
	range.last - range.first < 64
	every n in numbers.range(range.first, range.last) {
		one(protocol, n)
	}
}

one(protocol, n) if {
	some d in port.declared
	d.protocol == protocol
	d.first <= n
	n <= d.last
}

one(protocol, n) if sprintf("%s/%d", [protocol, n]) in data.parameters.project.port_undeclared.known

text(range) := sprintf("%d", [range.first]) if range.first == range.last

text(range) := sprintf("%d-%d", [range.first, range.last]) if range.first != range.last
