# METADATA
# title: Service may open sockets of IP, and nothing says what for
# description: >-
#   A service that has no business on the network needs no such sockets. A unit that names AF_INET in a
#   list, ports or network-online.target is taken at its word.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictAddressFamilies=
# custom:
#   severity: medium
#   cwe: [923]
#   equivalent: ["systemd-analyze:RestrictAddressFamilies_AF_INET_INET6"]
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
#     RestrictAddressFamilies=AF_UNIX AF_INET
package policies.systemd.family_inet

deny contains {"at": ["exposure", "badness", "RestrictAddressFamilies_AF_INET_INET6"], "msg": msg} if {
	open := input.exposure.open.RestrictAddressFamilies_AF_INET_INET6
	msg := sprintf("%s may open sockets of IP: %s", [input.name, open.because])
}
