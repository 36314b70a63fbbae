# METADATA
# title: Distribution package without a version
# description: >-
#   Two builds of the same file then install different packages. Distributions fix faults in released
#   packages and delete the old ones, so many teams rather pin the base image by digest and rebuild
#   often; skip this rule where that is the practice.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: low
#   cwe: [1357]
#   equivalent:
#     - hadolint:DL3008
#     - hadolint:DL3018
#     - hadolint:DL3033
#     - hadolint:DL3037
#     - hadolint:DL3041
#     - kics:apt get install pin version not defined
#     - kics:missing version specification in dnf install
#     - kics:unpinned package version in apk add
#     - kics:yum install without version
#     - kics:zypper install without version
#   remediation: >-
#     Name a version (apt: curl=7.88.*; apk: curl~8.5; dnf: curl-7.76.1), or skip the rule and pin the
#     base image by digest.
#   bad: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
#   good: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10+deb12u8 git=1:2.39.* ./local.deb \
#         && rm -rf /var/lib/apt/lists/*
#     RUN apk add --no-cache --virtual .build gcc~13.2 "git=~2.52"
#     RUN dnf install -y httpd-2.4.57 gcc-c++-11.4.1 @development && dnf clean all
#     RUN zypper -n install "tomcat>=9.0" && zypper clean
package policies.dockerfile.os_package_unpinned

managers := {"apt", "apk", "dnf", "yum", "microdnf", "zypper"}

# A range is a choice that somebody made; no version is none.
open(p) if {
	not p.pinned
	p.version == ""
	p.kind == "package"
}

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	command.action == "install"
	not command.locked
	command.manager in managers
	names := [p.name | some p in command.packages; open(p)]
	count(names) > 0
	msg := sprintf("%s installs %s without a version", [command.manager, concat(", ", array.slice(names, 0, 5))])
}
