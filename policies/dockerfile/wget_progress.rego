# METADATA
# title: wget fills the log with its progress
# description: >-
#   wget prints a line for every 50 KB where nobody watches. The log of a build grows by thousands of
#   lines, and what matters drowns.
# related_resources:
#   - https://www.gnu.org/software/wget/manual/html_node/Download-Options.html
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3047
#   remediation: Add -q, -nv or --progress=dot:giga to the command.
#   bad: |
#     FROM debian:12
#     RUN wget https://example.com/data.csv
#   good: |
#     FROM debian:12
#     RUN wget -qO- https://example.com/a && wget --progress=dot:giga https://example.com/b && wget -nv https://example.com/c \
#         && wget --no-verbose https://example.com/d && wget -o /tmp/wget.log https://example.com/e && wget --version
package policies.dockerfile.wget_progress

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": "wget prints its progress into the log"} if {
	some i, stage in input.stages
	some call in stage.calls.wget
	args := stage.runs[call.run].commands[call.command].args
	not quiet(args)
}

quiet(args) if {
	some arg in args
	regex.match(`^(-nv|-[a-zA-Z]*q.*|-[oab].*|-V|--(quiet|no-verbose|progress|output-file|append-output|background|version|help|spider).*)$`, arg)
}
