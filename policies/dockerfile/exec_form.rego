# METADATA
# title: ENTRYPOINT or CMD runs in a shell
# description: >-
#   The shell form runs the command below /bin/sh -c. The shell is process 1, does not pass SIGTERM on, and the
#   container is killed after the grace period instead of stopping; an image without a shell does not start.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell-and-exec-form
#   - https://docs.docker.com/reference/build-checks/json-args-recommended/
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3025
#     - buildkit:JSONArgsRecommended
#     - kics:not using json in cmd and entrypoint arguments
#     - semgrep:prefer-json-notation
#   remediation: Write the command as a JSON array; where it needs a shell, choose one with SHELL.
#   bad: |
#     FROM debian:12
#     USER 10001
#     CMD app --port 8080
#   good: |
#     FROM debian:12 AS other
#     SHELL ["/bin/bash", "-c"]
#     CMD exec app --port $PORT
#     FROM debian:12
#     USER 10001
#     HEALTHCHECK CMD curl --fail http://localhost:8080/ || exit 1
#     ENTRYPOINT ["/usr/local/bin/app"]
#     CMD ["--port", "8080"]
package policies.dockerfile.exec_form

deny contains {"at": ["stages", i, "shell_forms", j], "msg": msg} if {
	some i, stage in input.stages
	some j, command in stage.shell_forms
	msg := sprintf("%s runs in a shell: %s", [upper(command.instruction), command.text])
}
