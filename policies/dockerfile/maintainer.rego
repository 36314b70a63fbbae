# METADATA
# title: MAINTAINER is deprecated
# description: >-
#   Docker may drop the instruction, and few tools read what it sets. A label says the same and can be asked for.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#maintainer-deprecated
#   - https://docs.docker.com/reference/build-checks/maintainer-deprecated/
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL4000
#     - buildkit:MaintainerDeprecated
#     - trivy:DS-0022
#     - checkov:CKV_DOCKER_6
#     - kics:maintainer instruction being used
#     - semgrep:maintainer-is-deprecated
#   remediation: Write LABEL org.opencontainers.image.authors instead.
#   bad: |
#     FROM debian:12
#     MAINTAINER team@example.com
#     USER 10001
#   good: |
#     FROM debian:12
#     LABEL org.opencontainers.image.authors="team@example.com"
#     USER 10001
package policies.dockerfile.maintainer

deny contains {"at": ["stages", i, "maintainers", j], "msg": msg} if {
	some i, stage in input.stages
	some j, maintainer in stage.maintainers
	msg := sprintf("MAINTAINER %s is deprecated", [maintainer.name])
}
