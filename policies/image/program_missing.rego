# METADATA
# title: Program that the container starts is not in the image
# description: >-
#   The container fails as soon as it starts: the file is not there, or the image's user may not run it.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/config.md
# custom:
#   severity: high
#   cwe: [1173]
#   remediation: Copy the program to where ENTRYPOINT or CMD looks for it, with a mode such as 0755.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/usr/local/bin/ledger"]}}
#     -- app.tar/1/usr/local/bin/ledger 0640 --
#     x
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/sbin/tini", "--", "ledger"], "Env": ["PATH=/opt/bin:/bin"]}}
#     -- app.tar/1/sbin/tini 0755 --
#     x
#     -- app.tar/1/opt/bin -> ../usr/bin --
#     -- app.tar/1/usr/bin/ledger -> ledger-1.4 --
#     -- app.tar/1/usr/bin/ledger-1.4 0755 --
#     x
package policies.image.program_missing

deny contains {"at": ["entrypoint"], "msg": msg} if {
	input.program.known
	not input.program.found
	msg := sprintf("the container starts %q, and %s", [input.program.name, input.program.reason])
}

deny contains {"at": ["entrypoint"], "msg": msg} if {
	input.program.found
	not input.program.executable
	msg := sprintf("the user %q of the image may not run %q: %s", [input.user.value, input.program.name, input.program.reason])
}
