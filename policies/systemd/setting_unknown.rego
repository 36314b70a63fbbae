# METADATA
# title: Setting or section that systemd ignores
# description: >-
#   A misspelt name is no error for systemd: it warns in the log and goes on without the setting. A
#   restriction that is misspelt does not restrict.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
# custom:
#   severity: medium
#   cwe: [1188]
#   remediation: Write the name as systemd knows it, or begin it with X- where it is for other programs.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectSytem=strict
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     X-Owner=team
#     ProtectSystem=strict
#     [X-Build]
#     ProtectSytem=strict
package policies.systemd.setting_unknown

deny contains {"at": ["unknown", i], "msg": msg} if {
	some i, entry in input.unknown
	entry.nearest != ""
	msg := message(entry)
}

message(entry) := sprintf("systemd ignores [%s]: it knows [%s]", [entry.section, entry.nearest]) if entry.name == ""

message(entry) := sprintf("systemd ignores %s= in [%s]: it knows %s=", [entry.name, entry.section, entry.nearest]) if entry.name != ""
