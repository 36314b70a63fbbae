# METADATA
# title: Instruction uses a variable that nothing defines
# description: >-
#   It expands to nothing, and the build goes on with a shorter path or an empty version. An argument before the
#   first FROM is not defined in a stage until ARG repeats it there.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#environment-replacement
#   - https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
#   - https://docs.docker.com/reference/build-checks/undefined-var/
# custom:
#   severity: medium
#   equivalent:
#     - buildkit:UndefinedVar
#   precision: high
#   remediation: Define the variable with ARG or ENV before, or correct its name.
#   bad: |
#     ARG VERSION=1.4
#     FROM debian:12
#     COPY app-$VERSION /app
#     USER 10001
#   good: |
#     ARG VERSION=1.4
#     FROM debian:12 AS base
#     ARG VERSION TARGETARCH
#     COPY app-$VERSION-$TARGETARCH /app
#     ENV PATH=/opt/bin:$PATH LIBRARY=${LIBRARY:-/lib}
#     FROM golang:1.25 AS other
#     WORKDIR $GOPATH/src
#     FROM base AS left-over
#     COPY $NOWHERE /app
#     FROM base
#     COPY --from=other /go/bin/app /app
#     LABEL version=$VERSION
#     RUN echo $HOME
#     USER 10001
package policies.dockerfile.undefined_variable

deny contains {"at": ["undefined", i], "msg": msg} if {
	some i, variable in input.undefined
	variable.reason != "from"
	input.stages[variable.stage].contributes
	msg := sprintf(problem(variable), [variable.name])
}

problem(variable) := "the argument %s is declared before the first FROM, but not in this stage" if variable.reason == "global"

problem(variable) := concat("", ["the variable %s is defined nowhere", hint(variable)]) if variable.reason != "global"

hint(variable) := sprintf("; is it %s?", [variable.near]) if variable.near != ""

hint(variable) := "" if variable.near == ""
