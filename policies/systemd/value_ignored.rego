# METADATA
# title: Value that systemd ignores
# description: >-
#   systemd reads no comments behind values, and takes no value that it does not know: it warns in the log,
#   and what was set before stays in effect. A restriction with such a value does not restrict.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
# custom:
#   severity: medium
#   cwe: [1188]
#   remediation: Write one of the values that the setting takes, blanks between the words of a list, and comments on lines of their own.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     PrivateTmp=yes # our own
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     # our own
#     PrivateTmp=YES
#     ProtectHome=true
#     ProtectSystem=
#     SystemCallFilter=~@privileged fchmodat2:EPERM
#     RestrictAddressFamilies=AF_UNIX af_inet
#     IPAddressAllow=localhost 10.0.0.0/8
#     ReadWritePaths=-%S/ledger
package policies.systemd.value_ignored

deny contains {"at": ["ignored", i], "msg": msg} if {
	some i, setting in input.ignored
	msg := sprintf("systemd ignores %s=%s: it takes %s", [setting.name, setting.value, setting.expected])
}
