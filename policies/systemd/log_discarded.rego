# METADATA
# title: What the service reports is thrown away
# description: >-
#   With StandardError=null nobody learns of failures, of denied access, or of the last words before a crash. The journal
#   keeps them, with the name of the unit and the time.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#StandardError=
# custom:
#   severity: low
#   cwe: [778]
#   remediation: Leave StandardError= as it is, and lower LogLevelMax= where the service says too much.
#   bad: |
#     [Service]
#     User=ledger
#     StandardError=null
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     StandardOutput=null
#     StandardError=journal
#     ExecStart=/usr/bin/ledger
package policies.systemd.log_discarded

deny contains {"at": ["settings", i], "msg": msg} if {
	input.service
	some i, setting in input.settings
	setting.name == "StandardError"
	setting.values[count(setting.values) - 1] == "null"
	msg := sprintf("what %s writes to standard error is thrown away", [input.name])
}
