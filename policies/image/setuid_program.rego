# METADATA
# title: Setuid or setgid program that a base image does not bring
# description: >-
#   It runs with the rights of its owner whoever starts it, so a mistake in it makes a process root that was
#   not. Programs that the base images of distributions have are listed by another rule.
# related_resources:
#   - https://man7.org/linux/man-pages/man7/inode.7.html
# custom:
#   severity: medium
#   cwe: [250, 732]
#   equivalent:
#     - dockle:CIS-DI-0008
#     - cis-docker:4.8
#   parameters:
#     allow:
#       description: Paths of setuid and setgid programs that the image is meant to have.
#       default: []
#   remediation: Take the setuid bit away with chmod u-s,g-s in the step that brings the program, or the program itself.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/local/bin/helper 4755 --
#     x
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/bin/su 4755 --
#     x
#     -- app.tar/1/usr/local/bin/helper 4755 --
#     x
#     -- app.tar/2/usr/local/bin/helper 0755 --
#     x
#     -- app.tar/2/var/mail/ 2775 --
package policies.image.setuid_program

deny contains {"at": ["files", "setuid", i], "msg": msg} if {
	some i, file in input.files.setuid
	not file.common
	not file.name in data.parameters.image.setuid_program.allow
	msg := sprintf("%s has the mode %s and belongs to uid %d", [file.name, file.mode, file.uid])
}
