# METADATA
# title: Service may open local sockets, and nothing says what for
# description: >-
#   Local sockets lead to services such as D-Bus or a container engine. Most services need some, for logs
#   and notifications: those name AF_UNIX in their list.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictAddressFamilies=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictAddressFamilies_AF_UNIX"]
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
package policies.systemd.family_unix

deny contains {"at": ["exposure", "badness", "RestrictAddressFamilies_AF_UNIX"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictAddressFamilies_AF_UNIX
	msg := sprintf("%s may open local sockets: %s", [input.name, open.because])
}
