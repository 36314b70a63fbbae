# METADATA
# title: WORKDIR is relative to a directory that the file does not say
# description: >-
#   A relative WORKDIR begins where the base image leaves off. When the base image changes its directory, files and
#   commands land elsewhere.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
#   - https://docs.docker.com/reference/build-checks/workdir-relative-path/
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3000
#     - buildkit:WorkdirRelativePath
#     - trivy:DS-0009
#     - checkov:CKV_DOCKER_10
#     - kics:workdir path not absolute
#   remediation: Give the first WORKDIR of the image an absolute path.
#   bad: |
#     FROM debian:12
#     WORKDIR app
#     USER 10001
#   good: |
#     FROM debian:12 AS base
#     ARG DIR
#     WORKDIR $DIR
#     WORKDIR /app
#     WORKDIR web
#     FROM base
#     WORKDIR "src"
#     FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
#     WORKDIR C:/app
#     USER 10001
package policies.dockerfile.workdir_relative

deny contains {"at": ["stages", i, "workdirs", j], "msg": msg} if {
	some i, stage in input.stages
	some j, workdir in stage.workdirs
	workdir.adrift
	msg := sprintf("WORKDIR %s is relative to the directory of the base image", [workdir.text])
}
