# METADATA
# title: Image holds a shell or a package manager
# description: >-
#   Whoever gets a foothold in the container has the tools to go on with. An image for one program needs
#   neither; this rule asks for that where shells and package managers are not allowed.
# custom:
#   severity: medium
#   cwe: [1188]
#   equivalent:
#     - cis-docker:4.3
#   parameters:
#     allow:
#       description: Whether an image that does not call itself distroless may hold shells and package managers.
#       default: true
#   remediation: Build the last stage on scratch or a distroless image, and copy the program into it.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Labels": {"org.opencontainers.image.base.name": "gcr.io/distroless/static:debug"}}}
#     -- app.tar/1/etc/os-release --
#     PRETTY_NAME="Distroless"
#     ID=debian
#     -- app.tar/1/busybox/sh 0755 --
#     x
#     -- app.tar/1/usr/bin/sh -> ../../busybox/sh --
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/bin/bash 0755 --
#     x
#     -- app.tar/1/usr/share/bash/sh --
#     x
package policies.image.shell_or_manager

forbidden if not data.parameters.image.shell_or_manager.allow

# An image that calls itself distroless is meant to have neither.
forbidden if contains(input.files.release.pretty, "Distroless")

deny contains {"at": ["files", "shells"], "msg": msg} if {
	forbidden
	names := [file.name | some file in input.files.shells]
	count(names) > 0
	msg := sprintf("the image holds shells: %s", [concat(", ", names)])
}

deny contains {"at": ["files", "managers"], "msg": msg} if {
	forbidden
	names := [file.name | some file in input.files.managers]
	count(names) > 0
	msg := sprintf("the image holds package managers: %s", [concat(", ", names)])
}
