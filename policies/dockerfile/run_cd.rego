# METADATA
# title: RUN changes the folder, where WORKDIR would
# description: >-
#   A cd holds until the end of its instruction. As the last command it does nothing, and as the first
#   one WORKDIR says the same for all instructions that follow.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#workdir
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3003
#     - trivy:DS-0013
#     - kics:run command cd instead of workdir
#     - semgrep:use-workdir
#   remediation: Set the folder with WORKDIR.
#   bad: |
#     FROM debian:12
#     RUN cd /usr/src/app && make
#   good: |
#     FROM debian:12
#     WORKDIR /usr/src/app
#     RUN tar -xf app.tar && cd app && ./configure && make && cd .. && rm -rf app
#     RUN cd /tmp && make && rm -rf /tmp/*
#     RUN (cd sub && make) && for d in a b; do cd /src/$d; make; cd ..; done
#     CMD cd /app && ./run
package policies.dockerfile.run_cd

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some call in stage.calls.cd
	run := stage.runs[call.run]
	command := run.commands[call.command]
	not command.nested
	not regex.match(`^(/var)?/tmp(/|$)`, concat(" ", command.args)) # nobody wants to stay there
	useless(run, call)
	msg := sprintf("cd %s is what WORKDIR is for", [concat(" ", command.args)])
}

useless(run, call) if call.command == count(run.commands) - 1

useless(run, call) if {
	every before in array.slice(run.commands, 0, call.command) {
		before.program == "set"
	}
}
