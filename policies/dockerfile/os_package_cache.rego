# METADATA
# title: Layer keeps the package manager's cache
# description: >-
#   Package lists and downloaded packages that no cleaning in the same instruction removes stay in the
#   layer for good: tens of megabytes, and an outdated index for whoever installs on top.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
#   - https://docs.docker.com/build/cache/optimize/#use-cache-mounts
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3009
#     - hadolint:DL3019
#     - hadolint:DL3032
#     - hadolint:DL3036
#     - hadolint:DL3040
#     - trivy:DS-0015
#     - trivy:DS-0019
#     - trivy:DS-0020
#     - trivy:DS-0025
#     - trivy:DS-0027
#     - kics:apk add using local cache path
#     - kics:apt get install lists were not deleted
#     - kics:missing dnf clean all
#     - kics:missing zypper clean
#     - kics:yum clean all missing
#     - semgrep:missing-apk-no-cache
#     - semgrep:missing-dnf-clean-all
#     - semgrep:missing-zypper-clean
#     - semgrep:remove-package-cache
#     - semgrep:remove-package-lists
#     - dockle:DKL-DI-0004
#     - dockle:DKL-DI-0005
#   remediation: >-
#     Clean up in the same RUN (apt: rm -rf /var/lib/apt/lists/*; apk: --no-cache), or mount the cache
#     with --mount=type=cache.
#   bad: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends curl
#   good: |
#     FROM debian:12 AS build
#     RUN apt-get update && apt-get install -y --no-install-recommends gcc
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
#     RUN --mount=type=cache,target=/var/cache/apt --mount=type=cache,target=/var/lib/apt \
#         apt-get update && apt-get install -y --no-install-recommends curl
#     RUN apk add --no-cache curl && apk --no-cache add git
#     RUN dnf install -y curl && dnf clean all
#     COPY --from=build /app /app
package policies.dockerfile.os_package_cache

managers := {"apt", "apk", "dnf", "yum", "microdnf", "zypper"}

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	command.keeps_cache
	command.manager in managers
	kept(stage, run)
	msg := sprintf("%s %s leaves its %s in the layer", [command.program, command.subcommand, command.cache])
}

# Layers of other stages are thrown away.
kept(stage, _) if stage.final

kept(stage, _) if stage.base_of_final

kept(_, run) if run.onbuild
