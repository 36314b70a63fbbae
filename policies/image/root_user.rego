# METADATA
# title: Image runs as root
# description: >-
#   A process that escapes its container as root is root on the node. What counts is the uid: an account of
#   another name with uid 0 is root too, and a user that the image does not know starts no container.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/config.md
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - dockle:CIS-DI-0001
#     - cis-docker:4.1
#   non_negotiable: true
#   remediation: Build the image with USER and an unprivileged account, best a number such as 10001.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": ""}}]
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "app", "Healthcheck": {"Test": ["NONE"]}}}
#     -- app.tar/1/etc/passwd --
#     root:x:0:0:root:/root:/sbin/nologin
#     app:x:10001:10001::/:/sbin/nologin
package policies.image.root_user

deny contains {"at": ["user"], "msg": msg} if {
	input.user.root
	msg := sprintf("%s runs as root: %s", [input.name, origin])
}

deny contains {"at": ["user"], "msg": msg} if {
	not input.user.known
	msg := sprintf("nobody can tell as whom %s runs: its user is %q, and %s", [input.name, input.user.value, input.user.reason])
}

origin := "it names no user" if input.user.value == ""

origin := sprintf("its user is %q, which has uid 0", [input.user.value]) if input.user.value != ""
