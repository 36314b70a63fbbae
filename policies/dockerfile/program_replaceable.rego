# METADATA
# title: Program can be replaced by the user that it runs as
# description: >-
#   The file belongs to the account that runs it. Whoever makes the program write a file can replace the program itself,
#   and stays in the container after a restart. Files that are only read and executed can belong to root.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy---chown---chmod
# custom:
#   severity: low
#   cwe: [732]
#   remediation: Leave out --chown for the program, so that root owns it, or copy it with --chmod=555.
#   bad: |
#     FROM debian:12
#     COPY --chown=10001 ledger /usr/local/bin/ledger
#     USER 10001
#     ENTRYPOINT ["ledger"]
#   good: |
#     FROM debian:12
#     COPY --chmod=555 --chown=10001 ledger /usr/local/bin/ledger
#     COPY --chown=10001 data /var/lib/ledger
#     USER 10001
#     ENTRYPOINT ["ledger"]
package policies.dockerfile.program_replaceable

deny contains {"at": ["stages", program.stage, "copies", program.copy], "msg": msg} if {
	program := input.stages[input.final].program
	program.replaceable
	msg := sprintf("%s belongs to %s, who runs it", [program.file, program.owner])
}
