# METADATA
# title: COPY goes to a relative path, and no WORKDIR is set
# description: >-
#   Where the files land depends on the directory that the base image happens to have, and changes with it.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy
#   - https://docs.docker.com/reference/dockerfile/#workdir
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3045
#   remediation: Set WORKDIR before, or write an absolute destination.
#   bad: |
#     FROM debian:12
#     COPY app.sh app.sh
#     USER 10001
#   good: |
#     FROM debian:12 AS base
#     ARG DIR
#     COPY app.sh $DIR/app.sh
#     COPY app.sh /usr/local/bin/app.sh
#     WORKDIR /app
#     COPY . .
#     FROM base
#     COPY web web
#     FROM scratch
#     COPY app app
#     FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
#     COPY app.exe c:\app\app.exe
#     USER 10001
package policies.dockerfile.copy_relative

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	copy.adrift
	msg := sprintf("%s is relative to the directory of the base image", [copy.destination])
}
