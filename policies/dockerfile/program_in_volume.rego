# METADATA
# title: Program is inside of a volume
# description: >-
#   A volume keeps what it had when it was first used: after an update of the image the old program runs on, from a
#   folder that the container can write to.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#notes-about-specifying-volumes
# custom:
#   severity: medium
#   cwe: [732]
#   remediation: Declare only the folders with data as volumes, and keep the program elsewhere.
#   bad: |
#     FROM debian:12
#     COPY ledger /app/ledger
#     VOLUME /app
#     USER 10001
#     ENTRYPOINT ["/app/ledger"]
#   good: |
#     FROM debian:12
#     COPY ledger /app/ledger
#     VOLUME /app/data
#     USER 10001
#     ENTRYPOINT ["/app/ledger"]
package policies.dockerfile.program_in_volume

deny contains {"at": ["stages", program.stage, "copies", program.copy], "msg": msg} if {
	program := input.stages[input.final].program
	program.hidden != ""
	msg := sprintf("the image runs %s, which is in the volume %s", [program.file, program.hidden])
}
