# METADATA
# title: systemd reads what others than root can write
# description: >-
#   systemd reads environment files, credentials and images as root, before the service starts. Who can write them sets
#   LD_PRELOAD or PATH, or puts another program into the image.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#EnvironmentFile=
# custom:
#   severity: medium
#   cwe: [426, 732]
#   remediation: Keep the file below /etc, owned by root, and writable for nobody else.
#   bad: |
#     [Service]
#     User=ledger
#     EnvironmentFile=/home/ledger/ledger.env
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     EnvironmentFile=-/etc/default/ledger
#     LoadCredential=key:/etc/ledger/key
#     ExecStart=/usr/bin/ledger --config /home/ledger/config.toml
package policies.systemd.source_writable

deny contains {"at": ["shared_paths", i], "msg": msg} if {
	some i, p in input.shared_paths
	p.kind == "source"
	msg := sprintf("%s= of %s reads %s, and others than root write below %s", [p.setting, input.name, p.name, p.folder])
}
