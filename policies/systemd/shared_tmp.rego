# METADATA
# title: Service uses a fixed name in a folder where everybody writes
# description: >-
#   Whoever makes the file first decides what it is: a link to something that the service then overwrites, a pipe, or
#   content that it trusts. Root follows such a link to any file.
# related_resources:
#   - https://systemd.io/TEMPORARY_DIRECTORIES/
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#PrivateTmp=
# custom:
#   severity: medium
#   cwe: [377, 379]
#   remediation: Set PrivateTmp=yes, or put the file into RuntimeDirectory=, StateDirectory= or LogsDirectory=.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger report --output /tmp/report.csv
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     PrivateTmp=yes
#     ExecStart=/usr/bin/ledger --socket=/tmp/ledger.sock
#     -- clean.service --
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/find /tmp/ledger -mtime +1 -delete
#     -- report.service --
#     [Service]
#     User=ledger
#     RuntimeDirectory=ledger
#     ExecStart=/usr/bin/ledger report --output /run/ledger/report.csv
package policies.systemd.shared_tmp

deny contains {"at": ["shared_paths", i], "msg": msg} if {
	some i, p in input.shared_paths
	p.kind == "temporary"
	msg := sprintf("%s= of %s uses %s, and everybody may write to %s", [p.setting, input.name, p.name, p.folder])
}
