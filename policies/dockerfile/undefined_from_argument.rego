# METADATA
# title: FROM uses an argument that nothing declares
# description: >-
#   FROM sees only the arguments that ARG declares before the first FROM. Any other expands to nothing, whatever
#   --build-arg says.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
#   - https://docs.docker.com/reference/build-checks/undefined-arg-in-from/
# custom:
#   severity: medium
#   equivalent:
#     - buildkit:UndefinedArgInFrom
#   remediation: Declare the argument with ARG before the first FROM, or correct its name.
#   bad: |
#     FROM debian:${VERSION:-12}
#     USER 10001
#   good: |
#     ARG VERSION=12
#     FROM --platform=$BUILDPLATFORM debian:$VERSION
#     USER 10001
package policies.dockerfile.undefined_from_argument

deny contains {"at": ["undefined", i], "msg": msg} if {
	some i, variable in input.undefined
	variable.reason == "from"
	msg := sprintf("no ARG before the first FROM declares %s", [variable.name])
}
