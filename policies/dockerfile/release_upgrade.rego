# METADATA
# title: Build moves the base image to another release
# description: >-
#   dist-upgrade may remove packages, replace essential ones, and leave a mixture that neither the
#   distribution nor the makers of the base image have tested.
# related_resources:
#   - https://manpages.debian.org/bookworm/apt/apt-get.8.en.html
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent:
#     - hadolint:DL3035
#     - trivy:DS-0024
#     - dockle:DKL-DI-0003
#   remediation: Start from a base image of the release that you want.
#   bad: |
#     FROM debian:12
#     RUN apt-get update && apt-get dist-upgrade -y && rm -rf /var/lib/apt/lists/*
#   good: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
#     RUN zypper -n patch && zypper clean
package policies.dockerfile.release_upgrade

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	command.action == "release-upgrade"
	msg := sprintf("%s %s replaces the release of the base image", [command.program, command.subcommand])
}
