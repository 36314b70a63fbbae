# METADATA
# title: Exception from a restriction that is not there
# description: >-
#   IPAddressAllow=, SocketBindAllow=, ExecPaths= and ReadWritePaths= only open what another setting has closed. Alone,
#   or where they open everything, they restrict nothing, and look as if they did.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#IPAddressAllow=ADDRESS%5B/PREFIXLENGTH%5D%E2%80%A6
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ReadWritePaths=
# custom:
#   severity: medium
#   cwe: [1188, 284]
#   remediation: "Close first what the setting opens: IPAddressDeny=any, SocketBindDeny=any, NoExecPaths=/ or ProtectSystem=strict."
#   bad: |
#     [Service]
#     User=ledger
#     IPAddressAllow=localhost
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     IPAddressDeny=any
#     IPAddressAllow=localhost
#     SocketBindAllow=tcp:8080
#     SocketBindDeny=any
#     ProtectSystem=strict
#     ReadWritePaths=/var/lib/ledger
#     ExecStart=/usr/bin/ledger
package policies.systemd.exception_alone

deny contains {"at": ["conduct", "alone", i], "msg": msg} if {
	some i, setting in input.conduct.alone
	msg := sprintf("%s= of %s restricts nothing: %s", [setting.name, input.name, setting.because])
}
