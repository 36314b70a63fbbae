# METADATA
# title: Service may talk to any address
# description: >-
#   With IPAddressDeny=any and a list of exceptions, an intruder can neither fetch tools nor carry data out.
#   The list holds whatever the firewall says.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#IPAddressDeny=
# custom:
#   severity: low
#   cwe: [923]
#   equivalent: ["systemd-analyze:IPAddressDeny"]
#   remediation: Set IPAddressDeny=any, and name in IPAddressAllow= whom the service talks to.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     NoNewPrivileges=yes
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     IPAddressDeny=any
#     IPAddressAllow=localhost 10.0.0.0/8
package policies.systemd.ip_address_deny

deny contains {"at": ["exposure", "badness", "IPAddressDeny"], "msg": msg} if {
	open := input.exposure.open.IPAddressDeny
	msg := sprintf("%s may talk to any address: %s", [input.name, open.because])
}
