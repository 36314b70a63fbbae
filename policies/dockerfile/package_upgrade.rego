# METADATA
# title: Build upgrades whatever is outdated
# description: >-
#   What the image holds then depends on the day of the build, and a layer of upgraded packages lies on
#   top of the old ones, which stay in the image. A newer base image brings the same fixes, tested
#   together.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#rebuild-your-images-often
# custom:
#   severity: low
#   cwe: [1357]
#   equivalent:
#     - kics:run using dnf update
#     - kics:run using upgrade commands
#     - kics:run using zypper update
#     - semgrep:avoid-apk-upgrade
#     - semgrep:avoid-apt-get-upgrade
#     - semgrep:avoid-dnf-update
#     - semgrep:avoid-yum-update
#     - semgrep:avoid-zypper-update
#   remediation: Take a newer base image, pinned by digest, and rebuild often; upgrade single packages by name where a fix is missing.
#   bad: |
#     FROM debian:12
#     RUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*
#   good: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --only-upgrade --no-install-recommends openssl=3.0.15-1~deb12u1 && rm -rf /var/lib/apt/lists/*
#     RUN apk upgrade --no-cache openssl && pip install --upgrade pip==24.2 && dnf upgrade -y openssl && dnf clean all
package policies.dockerfile.package_upgrade

managers := {"apt", "apk", "dnf", "yum", "microdnf", "zypper", "pacman"}

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	command.action == "upgrade"
	command.manager in managers
	count(command.packages) == 0
	msg := sprintf("%s %s upgrades every package", [command.program, command.subcommand])
}
