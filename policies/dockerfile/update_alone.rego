# METADATA
# title: Package index is fetched without an install
# description: >-
#   The index becomes a layer of its own that the build cache keeps. A later install takes old,
#   vulnerable packages from it, or fails because the archive has dropped them.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent:
#     - trivy:DS-0017
#     - checkov:CKV_DOCKER_5
#     - kics:update instruction alone
#     - dockle:CIS-DI-0007
#     - cis-docker:4.7
#   remediation: Join the update and the install with && in one RUN.
#   bad: |
#     FROM debian:12
#     RUN apt-get update
#     RUN apt-get install -y --no-install-recommends curl
#   good: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
#     RUN apk update && apk add --no-cache curl
#     RUN --mount=type=cache,target=/var/lib/apt/lists apt-get update
#     COPY setup.sh /setup.sh
#     RUN apt-get update && /setup.sh && rm -rf /var/lib/apt/lists/*
package policies.dockerfile.update_alone

deny contains {"at": ["stages", i, "runs", j, "packages", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	some k, command in run.packages
	command.action == "refresh"
	command.keeps_cache
	not used(run, command)
	msg := sprintf("%s %s stands alone: its result is cached as a layer", [command.program, command.subcommand])
}

# The same instruction goes on to use the index.
used(run, command) if {
	some other in run.packages
	other.command > command.command
	other.manager == command.manager
	not other.action in {"refresh", "clean", "config"}
}

# A script that it runs may do so.
used(run, command) if {
	some n, other in run.commands
	n > command.command
	script(other)
}

script(command) if contains(command.name, "/")

script(command) if command.program in {"sh", "bash", "dash", "ash", "source", ".", "make", "ansible-playbook", "eval"}
