# METADATA
# title: Script uses apt, which is made for people
# description: >-
#   apt(8) says itself that its behaviour may change between versions and that scripts should use
#   apt-get and apt-cache.
# related_resources:
#   - https://manpages.debian.org/bookworm/apt/apt.8.en.html#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3027
#     - checkov:CKV_DOCKER_9
#     - kics:run using apt
#     - semgrep:prefer-apt-get
#   remediation: Use apt-get or apt-cache.
#   bad: |
#     FROM debian:12
#     RUN apt update && apt install -y curl
#   good: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends apt python3-apt \
#         && apt-cache policy curl && apt-mark hold curl && rm -rf /var/lib/apt/lists/*
package policies.dockerfile.apt_program

deny contains {"at": at, "msg": msg} if {
	some i, stage in input.stages
	some call in stage.calls.apt
	command := stage.runs[call.run].commands[call.command]
	at := ["stages", i, "runs", call.run, "commands", call.command]
	msg := sprintf("%s is for people; scripts use apt-get", [concat(" ", array.concat(["apt"], array.slice(command.args, 0, 1)))])
}
