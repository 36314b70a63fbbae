# METADATA
# title: File or folder that every account may write
# description: >-
#   Any process in the container, whoever it runs as, replaces what stands there, also what another process
#   loads or runs. A folder needs the sticky bit to keep accounts from each other's files.
# custom:
#   severity: medium
#   cwe: [732]
#   parameters:
#     allow:
#       description: Paths that every account may write.
#       default: []
#   remediation: Take the right away with chmod o-w, or set the sticky bit on a folder for temporary files.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/app/ledger 0777 --
#     x
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/tmp/ 1777 --
#     -- app.tar/1/bin/sh -> busybox --
#     -- app.tar/1/app/ledger 0755 --
#     x
package policies.image.world_writable

deny contains {"at": ["files", "writable", i], "msg": msg} if {
	some i, file in input.files.writable
	not file.name in data.parameters.image.world_writable.allow
	msg := sprintf("every account may write the %s %s: its mode is %s", [file.kind, file.name, file.mode])
}
