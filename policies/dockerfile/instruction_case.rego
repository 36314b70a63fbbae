# METADATA
# title: Instructions are not written in one case
# description: >-
#   Keywords in one case tell instructions from their arguments at a glance.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/consistent-instruction-casing/
# custom:
#   severity: low
#   equivalent:
#     - buildkit:ConsistentInstructionCasing
#   remediation: Write all instructions in the case of most, best in upper case.
#   bad: |
#     FROM debian:12
#     Copy app /app
#     USER 10001
#   good: |
#     arg VERSION=12
#     FROM debian:$VERSION
#     COPY app /app
#     USER 10001
package policies.dockerfile.instruction_case

deny contains {"at": ["keywords", i], "msg": msg} if {
	some i, keyword in input.keywords
	msg := sprintf("%s is not in %s case like most instructions", [keyword.name, keyword.want])
}
