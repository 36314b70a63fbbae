# METADATA
# title: Image has no health check
# description: >-
#   Docker and compose tell by it whether the program works or merely runs. Kubernetes has probes of its own
#   and ignores it.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
# custom:
#   severity: low
#   equivalent:
#     - dockle:CIS-DI-0006
#     - cis-docker:4.6
#   remediation: Add HEALTHCHECK to the Dockerfile, or HEALTHCHECK NONE where the orchestrator has probes.
#   bad: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001"}}]
#   good: |
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001", "Healthcheck": {"Test": ["NONE"]}}}]
package policies.image.healthcheck

deny contains {"at": ["healthcheck"], "msg": msg} if {
	not input.healthcheck.set
	msg := sprintf("%s says nothing about how to tell whether it works", [input.name])
}
