# METADATA
# title: RUN uses sudo
# description: >-
#   RUN is root already, or the user that USER says. sudo hides which of the two runs a command, drops
#   variables, and tempts to leave sudo and its rules in the image, where an attacker uses them.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - hadolint:DL3004
#     - trivy:DS-0010
#     - checkov:CKV2_DOCKER_1
#     - kics:run using sudo
#     - semgrep:no-sudo-in-dockerfile
#     - dockle:DKL-DI-0001
#   remediation: Switch with USER root and back, or use gosu in an entrypoint.
#   bad: |
#     FROM debian:12
#     RUN sudo apt-get update
#   good: |
#     FROM debian:12
#     USER root
#     RUN apt-get update && apt-get install -y --no-install-recommends sudoku && echo sudo && rm -rf /var/lib/apt/lists/*
package policies.dockerfile.sudo

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some call in stage.calls.sudo
	args := stage.runs[call.run].commands[call.command].args
	msg := sprintf("sudo runs a command: %s", [concat(" ", array.slice(args, 0, 3))])
}
