# METADATA
# title: FROM asks for the target platform, which is the default
# description: >-
#   It says nothing, and a reader looks for what it says.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/redundant-target-platform/
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3065
#     - buildkit:RedundantTargetPlatform
#   remediation: Leave out --platform=$TARGETPLATFORM.
#   bad: |
#     FROM --platform=$TARGETPLATFORM debian:12
#     USER 10001
#   good: |
#     FROM --platform=$BUILDPLATFORM debian:12 AS build
#     FROM debian:12
#     USER 10001
package policies.dockerfile.platform_redundant

deny contains {"at": ["stages", i, "platform"], "msg": msg} if {
	some i, stage in input.stages
	stage.platform_kind == "target"
	msg := sprintf("--platform=%s is the default", [stage.platform])
}
