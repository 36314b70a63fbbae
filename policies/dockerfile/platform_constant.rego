# METADATA
# title: FROM names one platform
# description: >-
#   A constant platform makes the same image for every target, and an image of the wrong architecture runs in
#   emulation or not at all. docker build --platform decides that for the whole build.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#from
#   - https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3029
#     - buildkit:FromPlatformFlagConstDisallowed
#     - kics:using platform with from
#     - semgrep:avoid-platform-with-from
#   remediation: Leave out --platform, or use $BUILDPLATFORM for a stage that runs where the build runs.
#   bad: |
#     FROM --platform=linux/amd64 debian:12
#     USER 10001
#   good: |
#     FROM --platform=$BUILDPLATFORM debian:12 AS build
#     FROM --platform=linux/amd64 debian:12 AS build-amd64
#     FROM --platform=linux/arm64 debian:12 AS build-arm64
#     FROM debian:12
#     USER 10001
package policies.dockerfile.platform_constant

deny contains {"at": ["stages", i, "platform"], "msg": msg} if {
	some i, stage in input.stages
	stage.platform_kind == "constant"
	msg := sprintf("the platform is always %s", [stage.platform])
}
