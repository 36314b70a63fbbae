# METADATA
# title: Service may open netlink sockets, and nothing says what for
# description: >-
#   Netlink configures the network, the firewall and devices. Those that only read interfaces and routes
#   name AF_NETLINK in their list.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictAddressFamilies=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictAddressFamilies_AF_NETLINK"]
#   remediation: Name in RestrictAddressFamilies= the families that the service speaks, or none.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     NoNewPrivileges=yes
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictAddressFamilies=AF_UNIX AF_NETLINK
package policies.systemd.family_netlink

deny contains {"at": ["exposure", "badness", "RestrictAddressFamilies_AF_NETLINK"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictAddressFamilies_AF_NETLINK
	msg := sprintf("%s may open netlink sockets: %s", [input.name, open.because])
}
