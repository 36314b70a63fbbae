# METADATA
# title: Image holds a git repository
# description: >-
#   It is the whole history of the sources, with every secret that ever was in them and the credentials of the
#   remote.
# custom:
#   severity: medium
#   cwe: [527, 538]
#   equivalent:
#     - dockle:DKL-LI-0003
#   remediation: Name .git in .dockerignore, or copy what is needed by name.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/app/.git/ --
#     -- app.tar/1/app/.git/HEAD --
#     ref: refs/heads/main
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/app/.gitignore --
#     target
#     -- app.tar/1/app/vendor/lib/.git --
#     gitdir: ../../.git/modules/lib
package policies.image.git_repository

deny contains {"at": ["files", "repositories", i], "msg": msg} if {
	some i, folder in input.files.repositories
	msg := sprintf("%s is in the image, in layer %d", [folder.name, folder.layer + 1])
}
