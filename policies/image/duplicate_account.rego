# METADATA
# title: Accounts share an id or a name
# description: >-
#   The kernel knows ids alone: two accounts with one id are one account, each with the files and processes of
#   the other. A second account with uid 0 is a second root.
# custom:
#   severity: medium
#   cwe: [694]
#   equivalent:
#     - dockle:DKL-LI-0002
#   remediation: Give each user and each group in /etc/passwd and /etc/group an id and a name of its own.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/etc/passwd --
#     root:x:0:0:root:/root:/bin/sh
#     toor:x:0:0:root:/root:/bin/sh
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/etc/passwd --
#     root:x:0:0:root:/root:/bin/sh
#     app:x:10001:0::/:/bin/false
#     -- app.tar/1/etc/group --
#     root:x:0:app
#     app:x:10001:
package policies.image.duplicate_account

deny contains {"at": ["files", "accounts", "duplicates", i], "msg": msg} if {
	some i, same in input.files.accounts.duplicates
	msg := sprintf("%s is not unique: %s", [same.name, concat(", ", same.members)])
}
