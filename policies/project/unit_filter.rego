# METADATA
# title: Unit and packet filter disagree about who may connect
# description: >-
#   The unit takes packets from some addresses alone, or from none, and the filter of the host lets
#   everybody in to its port. Whoever looks at one of the two believes what the other does not hold.
# custom:
#   severity: low
#   cwe: [1068]
#   remediation: Accept the port in the packet filter from the addresses of IPAddressAllow alone.
#   bad: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     Environment=LEDGER_LISTEN=0.0.0.0:8080
#     IPAddressDeny=any
#     IPAddressAllow=10.0.0.0/8
#     ExecStart=/usr/bin/ledger
#     -- nftables.conf --
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         ct state established,related accept
#         iif lo accept
#         tcp dport 8080 accept
#       }
#     }
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     Environment=LEDGER_LISTEN=0.0.0.0:8080
#     IPAddressDeny=any
#     IPAddressAllow=10.0.0.0/8
#     ExecStart=/usr/bin/ledger
#     -- nftables.conf --
#     flush ruleset
#     table inet filter {
#       chain input {
#         type filter hook input priority filter; policy drop;
#         ct state established,related accept
#         iif lo accept
#         ip saddr 10.0.0.0/8 tcp dport 8080 accept
#       }
#     }
package policies.project.unit_filter

import data.policies.lib.port

deny contains {"at": p.at, "msg": msg, "related": [["firewall", i, "openings", j]]} if {
	some p in port.published
	p.at[0] == "systemd"
	unit := input.systemd[p.at[1]]
	closed(unit.confinement)
	some i in port.hosts
	some j, o in input.firewall[i].openings
	o.anywhere
	port.accepts({"openings": [o]}, p.protocol, p.first)
	not o.every_port
	msg := sprintf("%s takes packets to %s/%d from IPAddressAllow alone, and the packet filter accepts them from anywhere", [unit.name, p.protocol, p.first])
}

# Who is let in by the filter is none of those whose packets the unit takes.
deny contains {"at": p.at, "msg": msg, "related": [["firewall", i, "openings", j]]} if {
	some p in port.published
	p.at[0] == "systemd"
	unit := input.systemd[p.at[1]]
	closed(unit.confinement)
	some i in port.hosts
	some j, o in input.firewall[i].openings
	not o.anywhere
	port.accepts({"openings": [o]}, p.protocol, p.first)
	not o.every_port
	every source in o.sources {
		not taken(unit.confinement, source)
	}
	msg := sprintf("the packet filter accepts %s/%d from %s, and %s takes no packets from there: IPAddressAllow says otherwise", [p.protocol, p.first, concat(", ", array.slice(o.sources, 0, 4)), unit.name])
}

taken(confinement, source) if {
	some address in confinement.address_allow
	net.cidr_intersects(address.name, source)
}

closed(confinement) if {
	some address in confinement.address_deny
	address.any
	not any_allowed(confinement)
}

any_allowed(confinement) if {
	some address in confinement.address_allow
	address.any
}
