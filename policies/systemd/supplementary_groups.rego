# METADATA
# title: Service is in further groups
# description: >-
#   What further groups may read and write, the service may too, also what has nothing to do with its work.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SupplementaryGroups=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:SupplementaryGroups"]
#   remediation: Give the account one group of its own, and share single files by ACL or LoadCredential= in place of SupplementaryGroups=.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SupplementaryGroups=adm
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     SupplementaryGroups=adm
#     SupplementaryGroups=
package policies.systemd.supplementary_groups

deny contains {"at": ["exposure", "badness", "SupplementaryGroups"], "msg": msg} if {
	open := input.exposure.open.SupplementaryGroups
	msg := sprintf("%s is in groups beyond its own: %s", [input.name, open.because])
}
