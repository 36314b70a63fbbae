# METADATA
# title: Two stages have the same name
# description: >-
#   COPY --from, FROM and --target mean the last stage of the name, so the earlier one is out of reach and the build
#   may take the wrong files.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/duplicate-stage-name/
# custom:
#   severity: medium
#   equivalent:
#     - hadolint:DL3024
#     - buildkit:DuplicateStageName
#     - trivy:DS-0012
#     - checkov:CKV_DOCKER_11
#     - kics:same alias in different froms
#   remediation: Give each stage a name of its own.
#   bad: |
#     FROM debian:12 AS build
#     FROM alpine:3.22 AS build
#     USER 10001
#   good: |
#     FROM debian:12 AS build
#     FROM build AS build-arm
#     FROM alpine:3.22
#     FROM alpine:3.22
#     USER 10001
package policies.dockerfile.stage_name_duplicate

deny contains {"at": ["stages", i, "alias"], "msg": msg} if {
	some i, stage in input.stages
	stage.duplicate
	msg := sprintf("an earlier stage is called %s too", [stage.alias])
}
