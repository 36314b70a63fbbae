# METADATA
# title: Setuid programs of the base image are left in place
# description: >-
#   A service needs neither su nor mount nor passwd. Each of them runs as root whoever starts it, and their
#   mistakes are what local exploits are written for.
# custom:
#   severity: low
#   cwe: [250]
#   equivalent:
#     - dockle:CIS-DI-0008
#     - cis-docker:4.8
#   remediation: Take the bits away with find / -xdev -perm /6000 -type f -exec chmod a-s {} + or build on a smaller base image.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/bin/su 4755 --
#     x
#     -- app.tar/1/usr/bin/passwd 4755 --
#     x
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001"}}
#     -- app.tar/1/usr/bin/su 4755 --
#     x
#     -- app.tar/2/usr/bin/su 0755 --
#     x
package policies.image.setuid_common

deny contains {"at": ["files", "setuid"], "msg": msg} if {
	names := [file.name | some file in input.files.setuid; file.common]
	count(names) > 0
	msg := sprintf("%d programs of the base image keep their setuid or setgid bit: %s", [count(names), concat(", ", names)])
}
