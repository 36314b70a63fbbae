# METADATA
# title: Final stage runs as root
# description: >-
#   A process that escapes its container as root is root on the node. The user of the last stage is the
#   one that runs, whether its own USER says so, an earlier stage, or the base image.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
#   - https://docs.docker.com/reference/dockerfile/#user
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - hadolint:DL3002
#     - trivy:DS-0002
#     - checkov:CKV_DOCKER_3
#     - checkov:CKV_DOCKER_8
#     - kics:missing user instruction
#     - kics:last user is root
#     - semgrep:missing-user
#     - semgrep:missing-user-entrypoint
#     - semgrep:last-user-is-root
#     - dockle:CIS-DI-0001
#     - cis-docker:4.1
#   non_negotiable: true
#   remediation: End the last stage with USER and an unprivileged account, best a number such as 10001.
#   bad: |
#     FROM debian:12 AS build
#     USER 10001
#     FROM debian:12
#     COPY --from=build /out /out
#   good: |
#     FROM debian:12 AS build
#     USER root
#     FROM gcr.io/distroless/static:nonroot AS base
#     FROM base
#     COPY --from=build /out /out
package policies.dockerfile.root_user

deny contains {"at": ["stages", input.final, "user"], "msg": msg} if {
	user := input.stages[input.final].user
	user.known
	user.root
	msg := sprintf("the final stage runs as root: %s", [origin(user)])
}

deny contains {"at": ["stages", input.final, "user"], "msg": msg} if {
	user := input.stages[input.final].user
	not user.known
	msg := sprintf("the user of the final stage cannot be known: %s", [user.reason])
}

origin(user) := sprintf("USER %s", [user.value]) if user.from == "this"

origin(user) := sprintf("an ONBUILD trigger of its base says USER %s", [user.value]) if user.from == "onbuild"

origin(user) := msg if {
	user.from == "stage"
	msg := sprintf("it inherits USER %s from stage %s", [user.value, input.stages[user.stage].name])
}

origin(user) := "it has no USER, and its base image has none either" if user.from == "base"
