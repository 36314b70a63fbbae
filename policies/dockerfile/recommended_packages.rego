# METADATA
# title: Install brings packages that nobody asked for
# description: >-
#   apt also installs what a package recommends, often many times the size of what was asked for, and
#   every package is one more to patch.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages
# custom:
#   severity: low
#   cwe: [1104]
#   equivalent:
#     - hadolint:DL3015
#     - trivy:DS-0029
#     - kics:apt get not avoiding additional packages
#     - semgrep:missing-no-install-recommends
#     - cis-docker:4.3
#   remediation: Add --no-install-recommends to the command.
#   bad: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
#   good: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends curl \
#         && apt-get -o APT::Install-Recommends=false install -y git && apt-get install -f && rm -rf /var/lib/apt/lists/*
package policies.dockerfile.recommended_packages

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	command.recommends
	command.manager == "apt"
	command.action == "install"
	count(command.packages) > 0
	msg := sprintf("%s install brings recommended packages too", [command.program])
}
