# METADATA
# title: A service listens on a port that the packet filter closes
# description: >-
#   The unit or the container says that it listens for others, and no rule of the host's filter lets
#   them in. One of the two is wrong; where it is the filter, the next one to look will open more than
#   this port.
# custom:
#   severity: low
#   cwe: [1068]
#   equivalent:
#     - cis-debian:4.2.6
#     - cis-debian:4.4.2.4
#     - cis-debian:4.4.3.4
#   remediation: Accept the port in the input hook, or listen on the loopback address alone.
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
#         tcp dport 443 accept
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
#         tcp dport { 443, 8080 } accept
#       }
#     }
package policies.project.port_closed

import data.policies.lib.port

deny contains {"at": p.at, "msg": msg, "related": filters} if {
	count(port.hosts) > 0
	some p in port.published
	p.at[0] != "compose"
	not open(p)
	filters := [["firewall", i, "defaults", 0] | some i in port.hosts]
	msg := sprintf("%s listens on %s/%d, and the packet filter lets nobody in", [p.what, p.protocol, p.first])
}

open(p) if {
	some i in port.hosts
	port.accepts(input.firewall[i], p.protocol, p.first)
}
