# METADATA
# title: Image has no health check
# description: >-
#   Docker and Compose then take every process that is alive for one that works. Where something else asks, as
#   Kubernetes does, HEALTHCHECK NONE says so.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3057
#     - trivy:DS-0026
#     - checkov:CKV_DOCKER_2
#     - kics:healthcheck instruction missing
#     - dockle:CIS-DI-0006
#     - cis-docker:4.6
#   remediation: Add a HEALTHCHECK that asks the service, or HEALTHCHECK NONE where the platform does.
#   bad: |
#     FROM debian:12 AS build
#     HEALTHCHECK CMD ["build", "--check"]
#     FROM debian:12
#     COPY --from=build /app /app
#     USER 10001
#   good: |
#     FROM debian:12 AS base
#     HEALTHCHECK CMD ["app", "--check"]
#     FROM base
#     USER 10001
package policies.dockerfile.healthcheck_missing

deny contains {"at": ["stages", input.final, "healthcheck"], "msg": "the image has no HEALTHCHECK"} if {
	input.stages[input.final].healthcheck.kind == ""
}
