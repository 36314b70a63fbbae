# METADATA
# title: Account without a password
# description: >-
#   Whoever gets to a login, to su or to sudo is in as that account, and no password is asked for.
# related_resources:
#   - https://man7.org/linux/man-pages/man5/shadow.5.html
# custom:
#   severity: high
#   cwe: [258]
#   equivalent:
#     - dockle:DKL-LI-0001
#   remediation: Lock the account with passwd -l, or take it out of the image.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/etc/passwd --
#     root:x:0:0:root:/root:/bin/sh
#     -- app.tar/1/etc/shadow 0640 --
#     root::19700:0:99999:7:::
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/etc/passwd --
#     root:x:0:0:root:/root:/bin/sh
#     -- app.tar/1/etc/shadow 0640 --
#     root:*:19700:0:99999:7:::
#     app:!:19700:0:99999:7:::
package policies.image.empty_password

deny contains {"at": ["files", "accounts", "passwordless", i], "msg": msg} if {
	some i, name in input.files.accounts.passwordless
	msg := sprintf("the account %q has an empty password", [name])
}
