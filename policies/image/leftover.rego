# METADATA
# title: File in the image that no container needs
# description: >-
#   Files of the build, of editors and temporary ones make the image larger and tell whoever gets hold of it
#   how it was made.
# custom:
#   severity: low
#   cwe: [1188]
#   equivalent:
#     - dockle:DKL-LI-0003
#   remediation: Leave the file out with .dockerignore, copy what is needed by name, or delete it in the step that makes it.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/app/Dockerfile --
#     FROM scratch
#     -- app.tar/1/app/ledger 0755 --
#     x
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/app/ledger 0755 --
#     x
#     -- app.tar/1/app/Dockerfile --
#     FROM scratch
#     -- app.tar/1/app/node_modules/left-pad/Dockerfile --
#     FROM scratch
#     -- app.tar/2/app/.wh.Dockerfile --
package policies.image.leftover

deny contains {"at": ["files", "leftovers", i], "msg": msg} if {
	some i, left in input.files.leftovers
	not left.deleted
	msg := sprintf("%s (%s, %d files, %d KiB) is in the image", [left.name, left.kind, left.count, ceil(left.size / 1024)])
}
