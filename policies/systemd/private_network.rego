# METADATA
# title: Service reaches the network, and nothing says what for
# description: >-
#   A service that has no business on the network should not have one: an intruder could reach other
#   machines from it, and services that listen on the loopback. A unit that names its address families,
#   ports or network-online.target is taken at its word.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateNetwork=
# custom:
#   severity: medium
#   cwe: [923]
#   equivalent: ["systemd-analyze:PrivateNetwork"]
#   remediation: Set PrivateNetwork=yes, or say in RestrictAddressFamilies= that the service speaks AF_INET and AF_INET6.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     PrivateNetwork=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
package policies.systemd.private_network

deny contains {"at": ["exposure", "badness", "PrivateNetwork"], "msg": msg} if {
	open := input.exposure.open.PrivateNetwork
	msg := sprintf("%s reaches the network of the host: %s", [input.name, open.because])
}
