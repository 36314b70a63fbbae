# METADATA
# title: Service is given a folder where everybody writes
# description: >-
#   Under ProtectSystem=strict the service may write to /tmp only where it is named. It is the folder in which other
#   accounts lay links and read along.
# related_resources:
#   - https://systemd.io/TEMPORARY_DIRECTORIES/
# custom:
#   severity: medium
#   cwe: [377, 379]
#   remediation: Set PrivateTmp=yes in place of the path, or RuntimeDirectory= for what others have to see.
#   bad: |
#     [Service]
#     User=ledger
#     ProtectSystem=strict
#     ReadWritePaths=/tmp
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     ProtectSystem=strict
#     PrivateTmp=yes
#     ReadWritePaths=/tmp /var/lib/ledger
#     ExecStart=/usr/bin/ledger
package policies.systemd.read_write_shared

deny contains {"at": ["filesystem", list, i], "msg": msg} if {
	input.service
	input.manager == "system"
	some list, setting in {"read_write_paths": "ReadWritePaths=", "bind_paths": "BindPaths="}
	some i, p in input.filesystem[list]
	p.name in folders
	msg := sprintf("%s gives %s to %s, and everybody may write there", [setting, p.name, input.name])
}

folders := {"/dev/shm"} if input.filesystem.private_tmp

folders := {"/tmp", "/var/tmp", "/dev/shm"} if not input.filesystem.private_tmp
