# METADATA
# title: Service may open packet sockets
# description: >-
#   Packet sockets see all traffic of the machine and forge any packet.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictAddressFamilies=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictAddressFamilies_AF_PACKET"]
#   remediation: Name in RestrictAddressFamilies= the families that the service speaks, without AF_PACKET.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictAddressFamilies=AF_PACKET
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
package policies.systemd.family_packet

deny contains {"at": ["exposure", "badness", "RestrictAddressFamilies_AF_PACKET"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictAddressFamilies_AF_PACKET
	msg := sprintf("%s may open packet sockets: %s", [input.name, open.because])
}
