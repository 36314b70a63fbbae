# METADATA
# title: Image holds sudo
# description: >-
#   It is setuid, large and made to turn a user into root; a container is started as the user that it needs.
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - dockle:DKL-DI-0001
#   remediation: Leave sudo out, and switch users with USER while the image is built.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/bin/sudo 4755 --
#     x
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/bin/sudo 4755 --
#     x
#     -- app.tar/1/usr/share/bash-completion/completions/sudo --
#     x
#     -- app.tar/2/usr/bin/.wh.sudo --
package policies.image.sudo

deny contains {"at": ["files", "escalators", i], "msg": msg} if {
	some i, file in input.files.escalators
	msg := sprintf("%s is in the image", [file.name])
}
