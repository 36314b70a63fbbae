# METADATA
# title: Stage has a name with a meaning of its own
# description: >-
#   scratch is the empty image and context is the build context. A stage of that name hides what the word means, or
#   is hidden by it.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/reserved-stage-name/
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3063
#     - buildkit:ReservedStageName
#   remediation: Give the stage another name.
#   bad: |
#     FROM debian:12 AS scratch
#     USER 10001
#   good: |
#     FROM debian:12 AS scratchpad
#     FROM scratch
#     COPY --from=scratchpad /app /app
#     USER 10001
package policies.dockerfile.stage_name_reserved

deny contains {"at": ["stages", i, "alias"], "msg": msg} if {
	some i, stage in input.stages
	stage.reserved
	msg := sprintf("the stage name %s means something else", [stage.alias])
}
