# METADATA
# title: Variable that systemd does not expand
# description: >-
#   In Environment= a dollar sign is a dollar sign: the service gets the text "$NAME". What was to be added, such as the
#   rest of a path, is lost.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment=
# custom:
#   severity: low
#   remediation: Write the value out, use a specifier such as %h, or set the variable in the program.
#   bad: |
#     [Service]
#     User=ledger
#     Environment=LEDGER_DATA=${STATE_DIRECTORY}/data
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     Environment=LEDGER_DATA=%S/ledger/data LEDGER_FORMAT=$1.00
#     ExecStart=/usr/bin/ledger --data ${STATE_DIRECTORY}
package policies.systemd.environment_unexpanded

deny contains {"at": ["conduct", "unexpanded", i], "msg": msg} if {
	some i, v in input.conduct.unexpanded
	msg := sprintf("%s of %s holds the text $%s, which systemd does not expand", [v.name, input.name, v.because])
}
