# METADATA
# title: Package manager may stop to ask
# description: >-
#   Nobody answers in a build: a package manager that asks gives up or, worse, takes an answer that
#   nobody chose.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3014
#     - hadolint:DL3030
#     - hadolint:DL3034
#     - hadolint:DL3038
#     - trivy:DS-0021
#     - kics:apt get missing flags to avoid manual input
#     - kics:missing flag from dnf install
#     - kics:missing zypper non interactive switch
#     - kics:yum install allows manual input
#     - semgrep:missing-assume-yes-switch
#     - semgrep:missing-dnf-assume-yes-switch
#     - semgrep:missing-yum-assume-yes-switch
#   remediation: >-
#     Add -y (zypper: --non-interactive) to the command.
#   bad: |
#     FROM debian:12
#     RUN apt-get update && apt-get install --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
#   good: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -qy --no-install-recommends curl && apt-get -qq install wget \
#         && apt-get install -q -q git && rm -rf /var/lib/apt/lists/*
#     RUN yum -y install httpd-2.4.24 && dnf install -vy httpd && zypper -n install httpd=2.4.24
#     RUN apk add --no-cache curl && apt-get clean && apt-get download curl
package policies.dockerfile.install_prompts

# Managers that ask before they install; the others never do.
asking := {"apt", "dnf", "yum", "microdnf", "zypper", "pacman"}

# Actions that change what is installed.
changing := {"install", "upgrade", "release-upgrade", "remove"}

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	not command.assume_yes
	command.manager in asking
	command.action in changing
	msg := sprintf("%s %s waits for an answer", [command.program, command.subcommand])
}
