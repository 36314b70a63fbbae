# METADATA
# title: FROM names no image, at least without a build argument
# description: >-
#   The file builds only for those who know which --build-arg to give, and tools that read it see no base image.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/
# custom:
#   severity: low
#   equivalent:
#     - buildkit:InvalidDefaultArgInFrom
#   remediation: Give the argument a default with which FROM names an image.
#   bad: |
#     ARG VERSION
#     FROM debian:$VERSION
#     USER 10001
#   good: |
#     ARG VERSION=12 VARIANT
#     FROM --platform=$TARGETPLATFORM debian:$VERSION$VARIANT
#     FROM busybox:stable${VARIANT} AS build-amd64
#     FROM build-$TARGETARCH
#     USER 10001
package policies.dockerfile.from_default

deny contains {"at": ["stages", i, "base"], "msg": msg} if {
	some i, stage in input.stages
	stage.base.bad_default
	msg := sprintf(problem(stage.base.name), [stage.base.name])
}

problem(name) := "%s names no image where no build argument is given" if contains(name, "$")

problem(name) := "%s is no name of an image" if not contains(name, "$")
