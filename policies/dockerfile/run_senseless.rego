# METADATA
# title: Command makes no sense in a build
# description: >-
#   Processes, mounts and services do not outlive their instruction, and nobody sits before the screen:
#   what this command starts or shows is gone when the instruction ends.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#run
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3001
#     - kics:run utilities and posix commands
#     - semgrep:nonsensical-command
#   remediation: Take the command out; start services with ENTRYPOINT.
#   bad: |
#     FROM debian:12
#     RUN top
#   good: |
#     FROM debian:12
#     RUN apt-get update && apt-get install -y --no-install-recommends ssh vim && rm -rf /var/lib/apt/lists/* && systemctl enable app
#     RUN service postgresql start && psql -f schema.sql && service postgresql stop
#     RUN ./server & sleep 5 && ./load.sh && ps && kill %1
#     RUN --mount=type=ssh ssh -T git@example.com && vim -es +PlugInstall +qall
#     RUN --security=insecure mount -t tmpfs none /mnt && ./test.sh
package policies.dockerfile.run_senseless

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some program in ["free", "htop", "ifconfig", "kill", "mount", "nano", "ps", "shutdown", "ssh", "top", "vi", "vim"]
	some call in stage.calls[program]
	run := stage.runs[call.run]
	not sensible(program, run, run.commands[call.command])
	msg := sprintf("%s has no use in a build", [program])
}

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some program in ["service", "systemctl"]
	some call in stage.calls[program]
	commands := stage.runs[call.run].commands
	call.command == count(commands) - 1
	some action in commands[call.command].args
	action in {"start", "restart", "reload", "status"}
	msg := sprintf("%s %s ends with the instruction", [program, action])
}

# Something runs beside it.
sensible(program, run, _) if {
	program in {"free", "kill", "ps"}
	some other in run.commands
	beside(other)
}

sensible("ssh", run, _) if run.mounts[_].type in {"ssh", "secret"}

sensible("mount", run, _) if run.security == "insecure"

# An editor with orders, or a question for the version.
sensible(program, _, command) if {
	program in {"nano", "ssh", "vi", "vim"}
	regex.match(`^(\+|-[ceEsuV]|--)`, command.args[_])
}

beside(other) if other.joined == "&"

beside(other) if other.program in {"service", "timeout", "nohup"}
