# METADATA
# title: Unit makes files that everybody can write
# description: >-
#   Every account and every other service of the machine may then change what this one reads, and replace what it
#   trusts.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RuntimeDirectoryMode=
# custom:
#   severity: medium
#   cwe: [732, 276]
#   remediation: Give the file to the account or group that needs it, with mode 0750 or 0770.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStartPre=+/usr/bin/chmod -R 777 /var/lib/ledger
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     RuntimeDirectory=ledger
#     RuntimeDirectoryMode=0770
#     ExecStartPre=/usr/bin/install -d -m 1777 /run/ledger/drop
#     ExecStartPre=/usr/bin/chmod g+w,o-w /var/lib/ledger
#     ExecStart=/usr/bin/ledger
package policies.systemd.world_writable

deny contains {"at": ["exec", act.command], "msg": msg} if {
	some act in input.acts
	act.name == "opens_mode"
	msg := sprintf("%s= of %s lets everybody write: %s", [act.setting, input.name, act.what])
}

deny contains {"at": ["conduct", "open_modes", i], "msg": msg} if {
	some i, setting in input.conduct.open_modes
	msg := sprintf("%s=%s of %s lets everybody write", [setting.name, setting.value, input.name])
}
