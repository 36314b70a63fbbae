# METADATA
# title: Instruction goes on behind an empty line
# description: >-
#   Docker skips empty lines in a continued instruction and has announced that it will refuse them. A reader takes
#   the line for the end.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/no-empty-continuation/
# custom:
#   severity: low
#   equivalent:
#     - buildkit:NoEmptyContinuation
#   remediation: Remove the empty line, or the escape character before it.
#   bad: |
#     FROM debian:12
#     RUN make && \
#
#         make install
#     USER 10001
#   good: |
#     FROM debian:12
#     RUN make && \
#         # what it made
#         make install
#
#     USER 10001
package policies.dockerfile.empty_continuation

deny contains {"at": ["continuations", i], "msg": msg} if {
	some i, continuation in input.continuations
	msg := sprintf("%s goes on behind an empty line", [upper(continuation.instruction)])
}
