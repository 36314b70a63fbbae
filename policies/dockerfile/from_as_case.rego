# METADATA
# title: FROM and AS are written in different cases
# description: >-
#   Keywords in one case tell instructions from their arguments at a glance.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/from-as-casing/
# custom:
#   severity: low
#   equivalent:
#     - buildkit:FromAsCasing
#   remediation: Write AS in the case of FROM.
#   bad: |
#     FROM debian:12 as build
#     USER 10001
#   good: |
#     FROM debian:12 AS build
#     from alpine:3.22 as lower
#     From alpine:3.22 as mixed
#     USER 10001
package policies.dockerfile.from_as_case

deny contains {"at": ["stages", i], "msg": msg} if {
	some i, stage in input.stages
	stage.as_case
	msg := sprintf("AS is not in the case of FROM at stage %s", [stage.name])
}
