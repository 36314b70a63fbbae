# METADATA
# title: Default shell is replaced by a link
# description: >-
#   Scripts of the base image and of packages expect the shell that the distribution ships as /bin/sh,
#   and a reader of the file does not see what RUN runs.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL4005
#     - kics:changing default shell using run command
#     - semgrep:use-shell-instruction
#   remediation: Say what runs the shell form with SHELL ["/bin/bash", "-o", "pipefail", "-c"].
#   bad: |
#     FROM debian:12
#     RUN ln -sfv /bin/bash /bin/sh
#   good: |
#     FROM debian:12
#     SHELL ["/bin/bash", "-o", "pipefail", "-c"]
#     RUN ln -sf /bin/true /sbin/initctl && ln -s /usr/bin/app /usr/local/bin/app && run-with /bin/sh
package policies.dockerfile.shell_link

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some program in ["ln", "mv", "cp"]
	some call in stage.calls[program]
	args := stage.runs[call.run].commands[call.command].args
	args[count(args) - 1] in {"/bin/sh", "/usr/bin/sh"}
	msg := sprintf("%s replaces the default shell", [program])
}
