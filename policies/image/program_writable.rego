# METADATA
# title: Container may change its own program
# description: >-
#   Whoever breaks into the running program replaces it and is there after each restart of the container. A
#   program belongs to root and is written by nobody else.
# custom:
#   severity: medium
#   cwe: [732]
#   remediation: Copy the program with COPY --chown=root:root --chmod=0755, into a folder of root.
#   bad: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app/ledger"]}}
#     -- app.tar/1/app/ledger 0755 10001:10001 --
#     x
#   good: |
#     -- app.tar/config.json --
#     {"config": {"User": "10001", "Entrypoint": ["/app/ledger"]}}
#     -- app.tar/1/app/ 0755 --
#     -- app.tar/1/app/ledger 0755 0:10001 --
#     x
package policies.image.program_writable

deny contains {"at": ["program"], "msg": msg} if {
	input.program.writable != ""
	msg := sprintf("the image's user %q may change the program %s: %s", [input.user.value, input.program.file, why[input.program.writable]])
}

why := {"owner": "it owns the file", "mode": "the mode lets it write", "folder": "it may write the folder"}
