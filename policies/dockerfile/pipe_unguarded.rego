# METADATA
# title: Failure before a pipe goes unseen
# description: >-
#   A shell takes the result of the last command of a pipe. When the download before it breaks off, the
#   build goes on with half a file, or with none.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell-form
#   - https://docs.docker.com/build/building/best-practices/#using-pipes
# custom:
#   severity: low
#   cwe: [390]
#   equivalent:
#     - hadolint:DL4006
#     - kics:shell running a pipe without pipefail flag
#     - semgrep:set-pipefail
#   remediation: Set SHELL ["/bin/bash", "-o", "pipefail", "-c"], or begin the script with set -o pipefail.
#   bad: |
#     FROM debian:12
#     RUN wget -qO- https://example.com/list | sort > /list
#   good: |
#     FROM debian:12
#     RUN yes | ./setup.sh && echo 'a b' | tr ' ' '_' && printf x | ./setup.sh
#     SHELL ["/bin/bash", "-o", "pipefail", "-c"]
#     RUN wget -qO- https://example.com/list | sort > /list
#     SHELL ["pwsh", "-c"]
#     RUN Get-Variable PSVersionTable | Select-Object -ExpandProperty Value
package policies.dockerfile.pipe_unguarded

deny contains {"at": ["stages", i, "runs", j, "commands", k], "msg": msg} if {
	some i, stage in input.stages
	some j, run in stage.runs
	k := min([n | some n, command in run.commands; failing(command)])
	msg := sprintf("a failure of %s before the pipe goes unseen", [run.commands[k].program])
}

failing(command) if {
	command.unguarded
	not command.program in {"", ":", "echo", "printf", "true", "yes"} # what does not fail, or is meant to be cut off
}
