# METADATA
# title: Service may open rare kinds of sockets
# description: >-
#   Dozens of families that hardly anybody uses have code in the kernel that hardly anybody reads: a
#   favourite of attacks.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictAddressFamilies=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictAddressFamilies_OTHER"]
#   remediation: "List the families that the service speaks: RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6."
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictAddressFamilies=~AF_PACKET
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
package policies.systemd.family_other

deny contains {"at": ["exposure", "badness", "RestrictAddressFamilies_OTHER"], "msg": msg} if {
	open := input.exposure.open.RestrictAddressFamilies_OTHER
	msg := sprintf("%s may open rare kinds of sockets: %s", [input.name, open.because])
}
