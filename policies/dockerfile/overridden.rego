# METADATA
# title: Instruction has no effect, because a later one replaces it
# description: >-
#   Of several CMD, ENTRYPOINT or HEALTHCHECK instructions in a stage only the last counts. The one before is a
#   mistake, or a reader takes it for what runs.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#cmd
#   - https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3012
#     - hadolint:DL4003
#     - hadolint:DL4004
#     - buildkit:MultipleInstructionsDisallowed
#     - trivy:DS-0007
#     - trivy:DS-0016
#     - trivy:DS-0023
#     - kics:multiple cmd instructions listed
#     - kics:multiple entrypoint instructions listed
#     - semgrep:multiple-entrypoint-instructions
#   remediation: Remove all but the one that is meant.
#   bad: |
#     FROM debian:12
#     USER 10001
#     CMD ["app"]
#     CMD ["app", "--verbose"]
#   good: |
#     FROM debian:12 AS base
#     ENTRYPOINT ["app"]
#     CMD ["--verbose"]
#     HEALTHCHECK CMD ["app", "--check"]
#     FROM base
#     USER 10001
#     ENTRYPOINT ["other"]
#     CMD ["--quiet"]
#     HEALTHCHECK NONE
package policies.dockerfile.overridden

deny contains {"at": ["stages", i, "overridden", j], "msg": msg} if {
	some i, stage in input.stages
	some j, instruction in stage.overridden
	msg := sprintf("a later %s of the stage replaces this one", [upper(instruction.instruction)])
}
