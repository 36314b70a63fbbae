# METADATA
# title: Several sources are copied to what is no directory
# description: >-
#   With several sources the destination must be a directory, and Docker knows one by the slash at its end. Without
#   it the build fails, or each source overwrites the one before.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy
# custom:
#   severity: medium
#   equivalent:
#     - hadolint:DL3021
#     - trivy:DS-0011
#     - kics:copy with more than two arguments not ending with slash
#   remediation: End the destination with a slash.
#   bad: |
#     FROM debian:12
#     COPY package.json yarn.lock /app
#     USER 10001
#   good: |
#     FROM debian:12
#     ARG DIR
#     WORKDIR /app
#     COPY package.json /app
#     COPY package.json yarn.lock /app/
#     COPY ["package.json", "yarn.lock", "./"]
#     COPY package.json yarn.lock .
#     COPY package.json yarn.lock $DIR
#     USER 10001
package policies.dockerfile.copy_destination

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	not copy.folder
	count(copy.sources) > 1
	msg := sprintf("%d sources are copied to %s, which does not end with a slash", [count(copy.sources), copy.destination])
}
