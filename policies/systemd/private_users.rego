# METADATA
# title: Service sees all accounts of the machine
# description: >-
#   In a user namespace of its own the service knows root, itself and nobody, and no capability that it
#   obtains counts outside.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateUsers=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:PrivateUsers"]
#   remediation: Set PrivateUsers=yes, unless the service needs capabilities on the machine.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     PrivateUsers=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     AmbientCapabilities=CAP_NET_BIND_SERVICE
#     CapabilityBoundingSet=CAP_NET_BIND_SERVICE
package policies.systemd.private_users

deny contains {"at": ["exposure", "badness", "PrivateUsers"], "msg": msg} if {
	open := input.exposure.open.PrivateUsers
	msg := sprintf("%s has no user namespace of its own: %s", [input.name, open.because])
}
