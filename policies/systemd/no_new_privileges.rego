# METADATA
# title: Service may gain privileges
# description: >-
#   Programs with the set-user-ID bit, such as sudo, make root of any account. With NoNewPrivileges= the bit
#   counts for nothing, now and for all children.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#NoNewPrivileges=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:NoNewPrivileges"]
#   remediation: Set NoNewPrivileges=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     NoNewPrivileges=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     NoNewPrivileges=yes
package policies.systemd.no_new_privileges

deny contains {"at": ["exposure", "badness", "NoNewPrivileges"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.NoNewPrivileges
	msg := sprintf("%s may gain privileges by set-user-ID programs: %s", [input.name, open.because])
}
