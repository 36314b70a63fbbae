# METADATA
# title: Stage name has upper-case letters
# description: >-
#   Stage names are compared in lower case. One that is written in several ways looks like several stages.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/stage-name-casing/
# custom:
#   severity: low
#   equivalent:
#     - buildkit:StageNameCasing
#   remediation: Write the name in lower case.
#   bad: |
#     FROM debian:12 AS BuildBase
#     USER 10001
#   good: |
#     FROM debian:12 AS build-base
#     FROM Build-base
#     USER 10001
package policies.dockerfile.stage_name_case

deny contains {"at": ["stages", i, "alias"], "msg": msg} if {
	some i, stage in input.stages
	stage.alias != stage.name
	msg := sprintf("the stage name %s is not in lower case", [stage.alias])
}
